// backup, restore, verify and dump.

#include "api/command_line/commands.hpp"
#include "api/command_line/offline.hpp"
#include "api/command_line/progress_bar.hpp"

#include <filesystem>
#include <iostream>

namespace banjie::api::command_line {

namespace {

/// A backup's attachments lie beside the store's copies, each once.
std::string attachments_in(std::string const& backup) {
    return backup + "/attachments";
}

storage::Result<void> copy_attachments(std::string const& from, std::string const& to) {
    auto const blobs = storage::open_blob_files(from);
    if (!blobs) return blobs.error();
    return (*blobs)->backup(to);
}

storage::Result<engine::AttachmentReport> attachments_of(Arguments const& arguments) {
    storage::RocksdbOptions opening;
    opening.directory = store_directory(arguments);
    opening.create_if_missing = false;
    opening.read_only = true;
    auto const store = storage::open_rocksdb_store(std::move(opening));
    if (!store) return store.error();
    auto const blobs = storage::open_blob_files(attachments_directory(arguments));
    if (!blobs) return blobs.error();
    return engine::verify_attachments(**store, **blobs);
}

std::optional<Arguments> parse_with_data(Typed typed, Usage const& usage, int& status) {
    options::options_description known;
    add_data_option(known);
    return parse(typed, usage, known, status);
}

} // namespace

int back_up(Typed typed) {
    int status = 0;
    auto const arguments = parse_with_data(
        typed,
        {"banjie backup FOLDER [--data FOLDER]",
         "Adds a consistent copy of the store to a folder of backups. The store must not be open;\n"
         "a server that runs writes its own with POST /api/v1/backups.\n\n"
         "  banjie backup /backups/banjie --data ./var",
         1, 1},
        status);
    if (!arguments) return status;
    storage::RocksdbOptions opening;
    opening.directory = store_directory(*arguments);
    opening.create_if_missing = false;
    auto const store = storage::open_rocksdb_store(std::move(opening));
    if (!store) return fail(message_of(store.error()));
    ProgressBar bar("backup");
    auto const written =
        (*store)->backup(arguments->words[0],
                         [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!written) return fail(message_of(written.error()));
    // After the records: whatever they name is there.
    auto const copied =
        copy_attachments(attachments_directory(*arguments), attachments_in(arguments->words[0]));
    if (!copied) return fail(message_of(copied.error()));
    auto const last_seq = (*store)->status().last_seq;
    (*store)->close();
    std::cout << "Written up to event " << last_seq << ".\n";
    return 0;
}

int restore(Typed typed) {
    int status = 0;
    auto const arguments = parse_with_data(
        typed,
        {"banjie restore FOLDER [--data FOLDER]",
         "Makes a store from the newest copy in a folder of backups. There must be none yet.\n\n"
         "  banjie restore /backups/banjie --data ./restored && banjie verify --data ./restored",
         1, 1},
        status);
    if (!arguments) return status;
    ProgressBar bar("restore");
    // Before the records: a restore that is cut off leaves no store that lacks them.
    auto const attachments = attachments_in(arguments->words[0]);
    std::error_code ignored;
    bool const is_free = !std::filesystem::exists(store_directory(*arguments), ignored);
    if (is_free && std::filesystem::exists(attachments, ignored)) {
        auto const copied = copy_attachments(attachments, attachments_directory(*arguments));
        if (!copied) return fail(message_of(copied.error()));
    }
    auto const restored = storage::restore_backup(
        arguments->words[0], store_directory(*arguments),
        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!restored) return fail(message_of(restored.error()));
    std::cout << "Restored to " << store_directory(*arguments) << ".\n";
    return 0;
}

int verify(Typed typed) {
    int status = 0;
    auto const arguments =
        parse_with_data(typed,
                        {"banjie verify [--data FOLDER]",
                         "Reads every record: checksums, the sequence and the hash chain of the "
                         "history, versions,\n"
                         "index entries; and every attachment. Exits with 1 and names what is "
                         "wrong when something is.",
                         0, 0},
                        status);
    if (!arguments) return status;
    ProgressBar bar("verify");
    auto verified = storage::verify_store(
        store_directory(*arguments),
        [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
    if (!verified) return fail(message_of(verified.error()));
    auto const attachments = attachments_of(*arguments);
    if (!attachments) return fail(message_of(attachments.error()));
    for (auto const& finding : attachments->findings) verified->findings.push_back(finding);
    for (auto const& finding : verified->findings) std::cout << finding << "\n";
    std::cout << (verified->findings.empty() ? "Sound: " : "NOT sound: ") << verified->events
              << " events up to " << verified->last_seq << ", " << verified->instances
              << " instances, " << verified->index_entries << " index entries, "
              << verified->documents << " documents, " << verified->replies << " replies, "
              << attachments->attachments << " attachments.\n";
    return verified->findings.empty() ? 0 : 1;
}

int dump(Typed typed) {
    int status = 0;
    auto const arguments =
        parse_with_data(typed,
                        {"banjie dump [--data FOLDER]",
                         "Writes every record as a line of JSON to the standard output.\n\n"
                         "  banjie dump --data ./var | grep '\"table\":\"event\"'",
                         0, 0},
                        status);
    if (!arguments) return status;
    auto const dumped = storage::dump_store(
        store_directory(*arguments), [](std::string_view line) { std::cout << line << '\n'; });
    if (!dumped) return fail(message_of(dumped.error()));
    std::cout.flush();
    return std::cout.good() ? 0 : fail("the output could not be written whole");
}

} // namespace banjie::api::command_line
