#include "storage/rocksdb/database.hpp"

#include "storage/durable_files.hpp"
#include "storage/rocksdb/log_tail.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/rate_limiter.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/transaction_log.h>
#include <rocksdb/write_buffer_manager.h>

#include <cstdarg>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

/// Forwarder of RocksDB's messages: its own log writer was the first to fail on a full disk.
class Messages final : public rocksdb::Logger {
public:
    using Sink = std::function<void(int, std::string_view)>;
    explicit Messages(Sink sink) : Logger(rocksdb::WARN_LEVEL), sink_(std::move(sink)) {}

    using Logger::Logv;
    void Logv(rocksdb::InfoLogLevel const level, char const* format, va_list arguments) override {
        if (!sink_ || level < GetInfoLogLevel()) return;
        char text[1024];
        std::vsnprintf(text, sizeof text, format, arguments);
        sink_(level >= rocksdb::ERROR_LEVEL ? 3 : 2, text);
    }
    void Logv(char const*, va_list) override {}

private:
    Sink sink_;
};

/// Compaction filter that drops expired replies.
class ExpiredReplies final : public rocksdb::CompactionFilter {
public:
    explicit ExpiredReplies(std::int64_t now_ms) : now_ms_(now_ms) {}
    [[nodiscard]] char const* Name() const override { return "banjie.expired_replies"; }
    [[nodiscard]] bool Filter(int, rocksdb::Slice const& key, rocksdb::Slice const& value,
                              std::string*, bool*) const override {
        if (key.size() < 2 || key[1] != static_cast<char>(layout::Kind::reply)) return false;
        auto const reply = layout::read_reply(value.ToStringView());
        return reply && reply->first <= now_ms_;
    }

private:
    std::int64_t now_ms_;
};

class ExpiredRepliesFactory final : public rocksdb::CompactionFilterFactory {
public:
    explicit ExpiredRepliesFactory(std::function<std::int64_t()> now_ms)
        : now_ms_(std::move(now_ms)) {}
    [[nodiscard]] char const* Name() const override { return "banjie.expired_replies"; }
    std::unique_ptr<rocksdb::CompactionFilter>
    CreateCompactionFilter(rocksdb::CompactionFilter::Context const&) override {
        return std::make_unique<ExpiredReplies>(now_ms_ ? now_ms_() : 0);
    }

private:
    std::function<std::int64_t()> now_ms_;
};

rocksdb::ColumnFamilyOptions family_options(std::shared_ptr<rocksdb::Cache> const& cache,
                                            std::size_t write_buffer_bytes) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.cache_index_and_filter_blocks = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.format_version = 5;
    rocksdb::ColumnFamilyOptions family;
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    family.compression = rocksdb::kLZ4Compression;
    family.write_buffer_size = write_buffer_bytes;
    family.max_write_buffer_number = 4;
    family.level_compaction_dynamic_level_bytes = true;
    return family;
}

rocksdb::DBOptions database_options(RocksdbOptions const& wanted,
                                    std::shared_ptr<rocksdb::Logger> log,
                                    std::shared_ptr<rocksdb::WriteBufferManager> buffers) {
    rocksdb::DBOptions options;
    options.create_if_missing = wanted.create_if_missing;
    options.create_missing_column_families = wanted.create_if_missing;
    options.info_log = std::move(log);
    options.write_buffer_manager = std::move(buffers);
    options.max_bgerror_resume_count = 0;
    options.track_and_verify_wals_in_manifest = true; // only of those no longer written to
    options.allow_concurrent_memtable_write = false;  // there is one writer
    options.max_background_jobs = 2;
    options.bytes_per_sync = 512U << 10U;
    options.wal_bytes_per_sync = 512U << 10U;
    options.avoid_unnecessary_blocking_io = true;
    options.max_total_wal_size = 512U << 20U;
    options.rate_limiter.reset(rocksdb::NewGenericRateLimiter(
        128 << 20, 100'000, 10, rocksdb::RateLimiter::Mode::kWritesOnly, true));
    options.max_open_files = 512;
    options.keep_log_file_num = 1;
    return options;
}

/// Refuses a folder that RocksDB would take for no database: it would make a new one there and
/// remove old files.
Result<void> check_presence(files::path const& database, FormatFile const& format) {
    std::error_code error;
    if (!files::exists(database / "CURRENT", error)) {
        bool is_bare = true;
        for (auto const& file : files::directory_iterator(database, error))
            is_bare =
                is_bare && file.path().extension() != ".sst" && file.path().extension() != ".log";
        if (format.is_beginning && is_bare) return {};
        return corrupt("the file CURRENT is absent from " + database.string() +
                       " (its disk may not be mounted)");
    }
    if (!format.log || newest_log(database.string()) >= *format.log) return {};
    return corrupt("the log is absent: " + std::to_string(*format.log) + ".log of " +
                   database.string() + ", or a later one");
}

Result<FormatFile> read_format(files::path const& file) {
    std::ifstream in(file);
    int number = 0;
    if (!(in >> number))
        return Failure{Fault::unreadable, file.string() + " does not contain a number"};
    if (number > layout::format)
        return Failure{Fault::newer_format, "the store is of format " + std::to_string(number) +
                                                ", and this program knows formats up to " +
                                                std::to_string(layout::format)};
    FormatFile format;
    std::string state;
    std::uint64_t log = 0;
    in >> state;
    format.is_beginning = state == "beginning";
    if (state == "log" && in >> log) format.log = log;
    return format;
}

/// Makes the folder and those above it, each name durable.
Result<void> make_folder(files::path const& folder) {
    std::error_code error;
    auto exists = folder;
    while (!files::exists(exists, error) && exists.has_relative_path())
        exists = exists.parent_path();
    files::create_directories(folder, error);
    for (auto path = folder;; path = path.parent_path()) {
        if (auto synced = sync_path(path.string()); !synced) return synced;
        if (path == exists || !path.has_relative_path()) return {};
    }
}

/// Returns zeros if there is no such path.
std::pair<std::uint64_t, std::uint64_t> identity_of(std::string const& path) {
    struct stat found {};
    if (stat(path.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino};
}

} // namespace

struct Database::Attachments {
    std::shared_ptr<rocksdb::Logger> log;
    std::shared_ptr<rocksdb::Cache> cache;
    std::shared_ptr<rocksdb::WriteBufferManager> buffers;
    std::shared_ptr<ExpiredRepliesFactory> expired;
};

Failure corrupt(std::string what) {
    return {Fault::corrupt, "the store is not as it was written: " + std::move(what)};
}

Failure failure_of(rocksdb::Status const& status, Fault otherwise) {
    auto const text = status.ToString();
    if (status.IsCorruption()) return corrupt(text);
    if (text.find("While lock file") != std::string::npos ||
        text.find("lock hold by current process") != std::string::npos)
        return {Fault::locked, "another process has the store open"};
    return {otherwise, text};
}

std::string database_directory(std::string const& directory) {
    return directory + "/rocksdb";
}

Result<void> write_format(std::string const& directory, FormatFile const& format) {
    std::error_code error;
    auto const folder = files::absolute(directory, error);
    if (!files::exists(folder, error))
        if (auto made = make_folder(folder); !made) return made;
    auto text = std::to_string(layout::format) + '\n';
    if (format.is_beginning) text += "beginning\n";
    if (format.log) text += "log " + std::to_string(*format.log) + '\n';
    return replace_file((folder / "format").string(), text);
}

Result<FormatFile> check_format(std::string const& directory, bool create) {
    files::path const file = files::path(directory) / "format";
    std::error_code error;
    if (files::exists(file, error)) return read_format(file);
    if (files::exists(database_directory(directory), error) || !create)
        return Failure{Fault::unreadable,
                       "there is no store in " + directory + ": " + file.string() + " is absent"};
    FormatFile const beginning{.is_beginning = true, .log = {}};
    if (auto written = write_format(directory, beginning); !written) return written.error();
    files::create_directories(database_directory(directory), error);
    if (auto synced = sync_path(directory); !synced) return synced.error();
    return beginning;
}

Database::~Database() {
    if (db_) {
        for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
        db_->Close();
    }
    if (lock_) rocksdb::Env::Default()->UnlockFile(lock_);
}

Result<void> Database::lock(std::string const& path) {
    auto const status = rocksdb::Env::Default()->LockFile(path + "/LOCK", &lock_);
    if (status.ok()) return {};
    auto failure = failure_of(status, Fault::unreadable);
    if (failure.fault == Fault::locked) return failure;
    return {}; // a folder that cannot be written to, as on read-only media
}

Result<std::unique_ptr<Database>> Database::open(RocksdbOptions const& wanted, rocksdb::Env* env) {
    auto format = check_format(wanted.directory, wanted.create_if_missing && !wanted.read_only);
    if (!format) return format.error();
    std::unique_ptr<Database> database(new Database);
    database->attachments_ = std::make_unique<Attachments>();
    auto& attached = *database->attachments_;
    attached.log = std::make_shared<Messages>(wanted.log);
    attached.cache = rocksdb::NewLRUCache(wanted.memory_bytes);
    attached.buffers =
        std::make_shared<rocksdb::WriteBufferManager>(wanted.memory_bytes / 2, attached.cache);
    attached.expired = std::make_shared<ExpiredRepliesFactory>(wanted.now_ms);

    auto const buffer_bytes = wanted.memory_bytes / 8;
    std::vector<rocksdb::ColumnFamilyDescriptor> families{
        {rocksdb::kDefaultColumnFamilyName, family_options(attached.cache, buffer_bytes)},
        {"events", family_options(attached.cache, buffer_bytes)}};
    auto& state = families[0].options;
    state.compaction_filter_factory = attached.expired;
    state.memtable_prefix_bloom_size_ratio = 0.1; // creating an instance looks up an absent key
    state.memtable_whole_key_filtering = true;
    // Ids begin with time, so a partition's writes fall near its earlier writes.
    state.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(2));
    auto options = database_options(wanted, attached.log, attached.buffers);
    if (env) options.env = env;
    auto const path = database_directory(wanted.directory);
    if (auto present = check_presence(path, *format); !present) return present.error();
    auto const tail = log_tail(path);
    if (tail == LogTail::damaged) return corrupt("the log's last records are damaged");
    // A torn tail is an unfinished write; any other damage must not be skipped.
    options.wal_recovery_mode = tail == LogTail::torn
                                    ? rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords
                                    : rocksdb::WALRecoveryMode::kAbsoluteConsistency;
    if (wanted.read_only)
        if (auto locked = database->lock(path); !locked) return locked.error();
    rocksdb::DB* db = nullptr;
    auto const status =
        wanted.read_only
            ? rocksdb::DB::OpenForReadOnly(options, path, families, &database->handles_, &db)
            : rocksdb::DB::Open(options, path, families, &database->handles_, &db);
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    database->db_.reset(db);
    database->format_file_ = wanted.directory + "/format";
    database->folder_ = path;
    database->folder_identity_ = identity_of(path);
    if (!wanted.read_only)
        if (auto noted = database->note_log(wanted.directory, *options.env); !noted)
            return noted.error();
    return database;
}

/// Runs before the first commit, so that the next start notices if the log has vanished.
Result<void> Database::note_log(std::string const& directory, rocksdb::Env& env) {
    std::unique_ptr<rocksdb::LogFile> log;
    auto status = db_->GetCurrentWalFile(&log);
    std::unique_ptr<rocksdb::Directory> folder;
    if (status.ok()) status = env.NewDirectory(folder_, &folder);
    if (status.ok()) status = folder->Fsync();
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    return write_format(directory, {.is_beginning = false, .log = log->LogNumber()});
}

bool Database::is_in_place() {
    if (folder_identity_ != identity_of(folder_) || ::access(format_file_.c_str(), F_OK) != 0)
        return false;
    // The log may be put away during the call, when the next one begins: then ask once more.
    std::unique_ptr<rocksdb::LogFile> log;
    return db_->GetCurrentWalFile(&log).ok() || db_->GetCurrentWalFile(&log).ok();
}

Result<std::unique_ptr<Database>> Database::open_for_reading(std::string const& directory) {
    RocksdbOptions options;
    options.directory = directory;
    options.create_if_missing = false;
    options.read_only = true;
    return open(options);
}

Result<std::optional<std::string>> Database::get(std::string const& key) {
    std::string value;
    auto const status = db_->Get({}, state(), key, &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return failure_of(status, Fault::unreadable);
    return std::optional(std::move(value));
}

Result<void> Database::scan(std::string const& prefix, Look const& visit) {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    std::unique_ptr<rocksdb::Iterator> const at(db_->NewIterator(options, state()));
    for (at->Seek(prefix); at->Valid() && at->key().starts_with(prefix); at->Next())
        if (!visit(at->key().ToStringView(), at->value().ToStringView())) return {};
    if (!at->status().ok()) return failure_of(at->status(), Fault::unreadable);
    return {};
}

Result<void> Database::scan_events(std::uint64_t seq, Look const& visit) {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    std::unique_ptr<rocksdb::Iterator> const at(db_->NewIterator(options, events()));
    for (at->Seek(layout::event_key(seq, 0)); at->Valid(); at->Next())
        if (!visit(at->key().ToStringView(), at->value().ToStringView())) return {};
    if (!at->status().ok()) return failure_of(at->status(), Fault::unreadable);
    return {};
}

Result<std::uint64_t> Database::last_seq() {
    std::unique_ptr<rocksdb::Iterator> const at(db_->NewIterator({}, events()));
    at->SeekToLast();
    if (!at->Valid()) {
        if (!at->status().ok()) return failure_of(at->status(), Fault::unreadable);
        return std::uint64_t{0};
    }
    auto const key = layout::read_event_key(at->key().ToStringView());
    if (!key) return corrupt("the key of the last event cannot be read");
    return key->first;
}

void Database::put_log_away() {
    db_->Flush(rocksdb::FlushOptions(), handles_).PermitUncheckedError();
}

} // namespace banjie::storage
