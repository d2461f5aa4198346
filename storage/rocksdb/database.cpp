#include "storage/rocksdb/database.hpp"

#include "storage/rocksdb/log_tail.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/rate_limiter.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <cstdarg>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace banjie::storage {

namespace files = std::filesystem;

namespace {

/// RocksDB's messages; its own log writer was the first to fail on a full disk.
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

/// Forgets replies whose time is over.
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
    options.allow_concurrent_memtable_write = false; // there is one writer
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

/// RocksDB would take it for no database, make a new one, and clear the old files away.
bool has_lost_its_beginning(files::path const& database) {
    std::error_code error;
    if (files::exists(database / "CURRENT", error)) return false;
    for (auto const& file : files::directory_iterator(database, error))
        if (file.path().extension() == ".sst" || file.path().extension() == ".log") return true;
    return false;
}

std::optional<int> number_in(files::path const& file) {
    std::ifstream in(file);
    int number = 0;
    if (in >> number) return number;
    return std::nullopt;
}

} // namespace

struct Database::Attachments {
    std::shared_ptr<rocksdb::Logger> log;
    std::shared_ptr<rocksdb::Cache> cache;
    std::shared_ptr<rocksdb::WriteBufferManager> buffers;
    std::shared_ptr<ExpiredRepliesFactory> expired;
};

Failure corrupt(std::string what) {
    return {Fault::corrupt, "Expected to read the store as it was written, but " + std::move(what)};
}

Failure failure_of(rocksdb::Status const& status, Fault otherwise) {
    auto const text = status.ToString();
    if (status.IsCorruption()) return corrupt(text);
    if (text.find("While lock file") != std::string::npos ||
        text.find("lock hold by current process") != std::string::npos)
        return {Fault::locked, "Expected to open the store, but another process has it open"};
    return {otherwise, text};
}

std::string database_directory(std::string const& directory) {
    return directory + "/rocksdb";
}

/// A name is durable when its folder is.
Result<void> sync(files::path const& path) {
    int const opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool const synced = opened >= 0 && ::fsync(opened) == 0;
    if (opened >= 0) ::close(opened);
    if (synced) return {};
    return Failure{Fault::unreadable, "Expected to sync " + path.string() + ", but it failed"};
}

Result<void> write_format(std::string const& directory) {
    std::error_code error;
    auto const folder = files::absolute(directory, error);
    auto exists = folder;
    while (!files::exists(exists, error) && exists.has_relative_path())
        exists = exists.parent_path();
    files::create_directories(folder, error);
    auto const written = folder / "format.new";
    std::ofstream(written) << layout::format << "\n" << std::flush;
    if (auto synced = sync(written); !synced) return synced;
    files::rename(written, folder / "format", error);
    if (error)
        return Failure{Fault::unreadable, "Expected to write " + (folder / "format").string() +
                                              ", but " + error.message()};
    for (auto path = folder;; path = path.parent_path()) {
        if (auto synced = sync(path); !synced) return synced;
        if (path == exists || !path.has_relative_path()) return {};
    }
}

Result<void> check_format(std::string const& directory, bool create) {
    files::path const file = files::path(directory) / "format";
    std::error_code error;
    bool const is_store = files::exists(database_directory(directory), error);
    if (!files::exists(file, error)) {
        if (is_store || !create)
            return Failure{Fault::unreadable, "Expected a store in " + directory + ", but " +
                                                  file.string() + " is absent"};
        if (auto written = write_format(directory); !written) return written;
        files::create_directories(database_directory(directory), error);
        return sync(directory);
    }
    auto const number = number_in(file);
    if (!number)
        return Failure{Fault::unreadable,
                       "Expected to read " + file.string() + ", but it is no number"};
    if (*number > layout::format)
        return Failure{Fault::newer_format, "Expected a store of format " +
                                                std::to_string(layout::format) +
                                                ", but it is of format " + std::to_string(*number)};
    return {};
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
    return {}; // a folder that may not be written to, as of a medium that is only read
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
    state.memtable_prefix_bloom_size_ratio = 0.1; // creating asks for what is not there
    state.memtable_whole_key_filtering = true;
    // What is written in a partition lies near what was written there before: ids begin with time.
    state.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(2));
    auto options = database_options(wanted, attached.log, attached.buffers);
    if (env) options.env = env;
    auto const path = database_directory(wanted.directory);
    if (has_lost_its_beginning(path)) return corrupt("of " + path + " the file CURRENT is absent");
    auto const tail = log_tail(path);
    if (tail == LogTail::damaged) return corrupt("the log's last records are damaged");
    // A tear at the end of the log is an unfinished write; anything else must not be passed over.
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
    return database;
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
    if (!key) return corrupt("the last event has no key of ours");
    return key->first;
}

void Database::put_log_away() {
    db_->Flush(rocksdb::FlushOptions(), handles_).PermitUncheckedError();
}

} // namespace banjie::storage
