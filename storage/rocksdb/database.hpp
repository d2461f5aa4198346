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

/// `directory` holds the file "format" and the folder "rocksdb". The file, never changed:
///
///   format = number "\n" state         a program that knows a lower number leaves the store alone
///   state  = "" | "beginning\n"        the database is being made: it need not be there yet
///          | "log " number "\n"        the log that was written to after it was last opened: that
///                                     one or a later one is there
[[nodiscard]] std::string database_directory(std::string const& directory);

struct FormatFile {
    bool is_beginning = false;
    std::optional<std::uint64_t> log;
};
/// Refused with `newer_format` for a store of a newer program, and `unreadable` for what is no
/// store. Writes the file where there is neither store nor file, if `create`.
[[nodiscard]] Result<FormatFile> check_format(std::string const& directory, bool create);
/// Makes the folder where it is absent. Durable when it returns: without it a store does not open.
[[nodiscard]] Result<void> write_format(std::string const& directory, FormatFile const& format);

class Database {
public:
    /// Opens, recovering the log. `locked` when somebody else has it open: opening to read only
    /// takes RocksDB's own lock too, so that nothing changes underneath.
    /// `env` is what RocksDB reaches its files through; nullptr: the operating system's.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(RocksdbOptions const& options,
                                                                rocksdb::Env* env = nullptr);
    /// What is there.
    [[nodiscard]] static Result<std::unique_ptr<Database>>
    open_for_reading(std::string const& directory);
    ~Database();

    /// Whether the files that are open are still in their folder: a folder may be deleted, moved or
    /// unmounted while its files are open. Thread-safe; takes some microseconds.
    [[nodiscard]] bool is_in_place();

    [[nodiscard]] rocksdb::DB& db() { return *db_; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* state() { return handles_[0]; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* events() { return handles_[1]; }

    /// nullopt: absent.
    [[nodiscard]] Result<std::optional<std::string>> get(std::string const& key);

    /// Every key that begins with `prefix`, in order, until `visit` gives false.
    using Look = std::function<bool(std::string_view key, std::string_view value)>;
    [[nodiscard]] Result<void> scan(std::string const& prefix, Look const& visit);
    /// Every event from `seq` on, in order.
    [[nodiscard]] Result<void> scan_events(std::uint64_t seq, Look const& visit);
    /// 0: there is none.
    [[nodiscard]] Result<std::uint64_t> last_seq();
    /// Writes what is in memory into tables, so that the next start has no log to replay. Where
    /// that fails the log still has it.
    void put_log_away();

private:
    Database() = default;
    [[nodiscard]] Result<void> lock(std::string const& path);
    [[nodiscard]] Result<void> note_log(std::string const& directory, rocksdb::Env& env);

    struct Attachments; // what the database points at: it goes after it
    std::unique_ptr<Attachments> attachments_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    rocksdb::FileLock* lock_ = nullptr; // of one that is only read
    std::string format_file_, folder_;
    std::pair<std::uint64_t, std::uint64_t> folder_identity_; // device and inode
};

[[nodiscard]] Failure failure_of(rocksdb::Status const& status, Fault otherwise);
[[nodiscard]] Failure corrupt(std::string what);

/// `open_rocksdb_store` over files of the test's making.
[[nodiscard]] Result<std::unique_ptr<Store>> open_rocksdb_store_on(RocksdbOptions options,
                                                                   rocksdb::Env* env);

} // namespace banjie::storage
