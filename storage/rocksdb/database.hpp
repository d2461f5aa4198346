#pragma once
// An open RocksDB database: two column families with our settings.

#include "storage/rocksdb/layout.hpp"
#include "storage/rocksdb_store.hpp"

#include <memory>

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Env;
class FileLock;
class Logger;
class Slice;
class Status;
struct Options;
} // namespace rocksdb

namespace banjie::storage {

/// Returns the folder "rocksdb" of `directory`, which also holds the file "format". Its layout
/// never changes:
///
///   format = number "\n" state         a program that knows only lower numbers refuses the store
///   state  = "" | "beginning\n"        the database is being made, and may be absent
///          | "log " number "\n"        the log in use after the last opening: that one or a later
///                                     one must exist
[[nodiscard]] std::string database_directory(std::string const& directory);

struct FormatFile {
    bool is_beginning = false;
    std::optional<std::uint64_t> log;
};
/// Fails with `newer_format` for a store of a newer program, and with `unreadable` for what is no
/// store. If `create`, writes the file where there is neither store nor file.
[[nodiscard]] Result<FormatFile> check_format(std::string const& directory, bool create);
/// Writes the file, making the folder if absent. Durable when it returns: no store opens without
/// the file.
[[nodiscard]] Result<void> write_format(std::string const& directory, FormatFile const& format);

class Database {
public:
    /// Opens the database and recovers its log. Fails with `locked` if it is open already.
    /// Opening to read only takes RocksDB's own lock too, so that nothing changes underneath.
    /// RocksDB reaches its files through `env`, or through the operating system's if that is
    /// nullptr.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(RocksdbOptions const& options,
                                                                rocksdb::Env* env = nullptr);
    /// Opens an existing database to read only.
    [[nodiscard]] static Result<std::unique_ptr<Database>>
    open_for_reading(std::string const& directory);
    ~Database();

    /// Returns whether the open files are still in their folder, which may be deleted, moved or
    /// unmounted while they are open. Thread-safe. Takes a few microseconds.
    [[nodiscard]] bool is_in_place();

    [[nodiscard]] rocksdb::DB& db() { return *db_; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* state() { return handles_[0]; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* events() { return handles_[1]; }

    /// Returns nullopt if the key is absent.
    [[nodiscard]] Result<std::optional<std::string>> get(std::string const& key);

    /// Callback that gets each record of a scan. Returning false ends the scan.
    using Look = std::function<bool(std::string_view key, std::string_view value)>;
    /// Calls `visit` with every key that begins with `prefix`, in order.
    [[nodiscard]] Result<void> scan(std::string const& prefix, Look const& visit);
    /// Calls `visit` with every event from `seq` on, in order.
    [[nodiscard]] Result<void> scan_events(std::uint64_t seq, Look const& visit);
    /// Returns 0 if there is no event.
    [[nodiscard]] Result<std::uint64_t> last_seq();
    /// Flushes what is in memory into tables, so that the next start has no log to replay. If that
    /// fails, the records are still in the log.
    void put_log_away();

private:
    Database() = default;
    [[nodiscard]] Result<void> lock(std::string const& path);
    [[nodiscard]] Result<void> note_log(std::string const& directory, rocksdb::Env& env);

    struct Attachments; // what the database points at; destroyed after it
    std::unique_ptr<Attachments> attachments_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    rocksdb::FileLock* lock_ = nullptr; // only if opened to read only
    std::string format_file_, folder_;
    std::pair<std::uint64_t, std::uint64_t> folder_identity_; // device and inode
};

[[nodiscard]] Failure failure_of(rocksdb::Status const& status, Fault otherwise);
[[nodiscard]] Failure corrupt(std::string what);

/// Opens a store as `open_rocksdb_store` does, over the files of a test's `env`.
[[nodiscard]] Result<std::unique_ptr<ChainedStore>> open_rocksdb_store_on(RocksdbOptions options,
                                                                          rocksdb::Env* env);

} // namespace banjie::storage
