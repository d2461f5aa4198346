#include "api/command_line/offline.hpp"

#include <filesystem>

namespace banjie::api::command_line {

namespace files = std::filesystem;

std::string store_directory(Arguments const& arguments) {
    return arguments.text("data") + "/store";
}

std::string attachments_directory(Arguments const& arguments) {
    return arguments.text("data") + "/attachments";
}

void add_data_option(options::options_description& known) {
    known.add_options()("data",
                        options::value<std::string>()->value_name("FOLDER")->default_value(
                            environment("BANJIE_DATA", "./var")),
                        "where the store is; BANJIE_DATA");
}

std::string trouble_beginning_in(std::string const& data) {
    std::error_code error;
    if (files::exists(data + "/store/format", error)) return {};
    std::string const refused = "Cannot open the store in " + data + ": ";
    if (files::exists(data + "/store.restoring", error))
        return refused + "a restore into it was cut off.\nRestore again.";
    for (auto const& file : files::recursive_directory_iterator(data + "/attachments", error))
        if (file.is_regular_file(error))
            return refused +
                   "only its attachments are there, and no new store is created beside the files "
                   "of another.\nMount the disk of the store, or restore a backup.";
    return {};
}

storage::Result<engine::HeadFile> open_heads(std::string const& file, std::string const& key) {
    auto signing = engine::SigningKey::read(key);
    if (!signing) return signing.error();
    return engine::HeadFile::open(file, std::move(*signing));
}

storage::Result<std::unique_ptr<Syslog>> open_syslog(std::string const& url,
                                                     std::atomic<std::uint64_t>& sent,
                                                     std::atomic<std::uint64_t>& lost) {
    auto target = SyslogTarget::from(url);
    if (!target)
        return storage::Failure{storage::Fault::unreadable,
                                "'" + url +
                                    "' is not of the form udp://host:port, tcp://host:port or "
                                    "unix:/path (--syslog)"};
    return std::make_unique<Syslog>(std::move(*target), sent, lost);
}

std::string message_of(storage::Failure const& failure) {
    switch (failure.fault) {
    case storage::Fault::locked:
        return failure.detail + ".\nStop the server that has the store open, or use its API.";
    case storage::Fault::newer_format:
        return failure.detail + ".\nUse the newer program. This one changes nothing.";
    default:
        return failure.detail;
    }
}

std::string message_of(engine::Refusal const& refusal) {
    std::string message = refusal.detail;
    for (auto const& error : refusal.errors) message += "\n  " + error.field + ": " + error.detail;
    if (!refusal.help.empty()) message += "\n" + refusal.help;
    return message;
}

OfflineOffice::OfflineOffice(std::string const& directory, engine::Clock& clock,
                             std::uint64_t reserve_bytes) {
    trouble_ = trouble_beginning_in(files::path(directory).parent_path().string());
    if (!trouble_.empty()) return;
    storage::RocksdbOptions opening;
    opening.directory = directory;
    opening.memory_bytes = 64U << 20U;
    opening.reserve_bytes = reserve_bytes;
    opening.now_ms = [&clock] { return clock.now().time_since_epoch().count(); };
    auto opened = storage::open_rocksdb_store(std::move(opening));
    if (!opened) {
        trouble_ = message_of(opened.error());
        return;
    }
    store_ = std::move(*opened);
    office_ = std::make_unique<engine::Office>(*store_, clock, engine::system_random());
    if (auto loaded = office_->load(); !loaded) trouble_ = message_of(loaded.error());
}

OfflineOffice::~OfflineOffice() {
    office_.reset();
    if (store_) store_->close();
}

} // namespace banjie::api::command_line
