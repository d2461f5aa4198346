#pragma once
// The contract of every store: a conditional atomic batch of typed records.
//
// A store knows no workflow. Bodies are opaque bytes (JSON text, written by the engine). Instances
// are hashed over a fixed number of virtual partitions, and every key starts with its partition.

#include <boost/system/result.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::storage {

class Keyring;

using Partition = std::uint8_t;
inline constexpr unsigned partition_count = 256; // never change
/// Returns the partition of an instance or a document: FNV-1a 64 of the id, folded to 8 bits. Never
/// change.
[[nodiscard]] Partition partition_of(std::string_view id);

/// Range of partitions, including first and last.
struct Partitions {
    Partition first = 0, last = partition_count - 1;
};

enum class Fault {
    conflict,     // an expected version did not hold; nothing was written
    no_space,     // below the disk watermark; nothing was written; reads go on
    too_many,     // the commit queue is full; nothing was written
    closed,       // the store is stopping; nothing was written
    unknown,      // the write failed, and may or may not be on disk. The process must stop
    corrupt,      // a record or the hash chain does not read back as written
    newer_format, // written by a newer program; not opened
    locked,       // another process has it open
    unreadable,   // the file system refused
    absent,       // the store's files are no longer in their folder; nothing was written
};

struct Failure {
    Fault fault = Fault::unknown;
    std::string detail;
};
/// Throws std::runtime_error when `value()` is called on a failure. `Failure` is no
/// std::error_code.
[[noreturn]] void throw_exception_from_error(Failure const& failure,
                                             boost::source_location const& where);

template <class T>
using Result = boost::system::result<T, Failure>;

/// Step of one instance by one event, from `expected_version` (0: must not exist) to the next
/// version. Several changes of one instance in a batch apply one after the other.
struct Change {
    std::string id;
    std::uint64_t expected_version = 0;
    std::string body;        // the instance after the event
    std::string index_entry; // its covering index entry after the event
    std::string event;       // the event, without its sequence number
};

/// A versioned document: organisation, user, session, calendar year, setting.
struct DocumentWrite {
    std::string kind;
    std::string id;
    std::optional<std::uint64_t> expected_version; // nullopt: any; 0: must not exist
    std::optional<std::string> body;               // nullopt removes it
    std::string event;                             // empty: no event
};

using ReplyKey = std::array<std::uint8_t, 16>;

/// The reply to a command that carried an idempotency key. The store may forget it after
/// `expires_at_ms` (UTC, milliseconds since 1970).
struct ReplyWrite {
    ReplyKey key{};
    std::string body;
    std::int64_t expires_at_ms = 0;
};

/// A sealed value of an instance, under the number of its key in the `Keyring`.
struct SealedWrite {
    std::string id;
    std::uint64_t key = 0;
    std::string field;
    std::optional<std::string> bytes; // nullopt removes it
};

/// The key of an instance is erased once the batch is durable, and before it is told.
struct KeyErasure {
    std::string id;
    std::uint64_t key = 0;
};

struct Batch {
    std::vector<Change> changes;
    std::vector<DocumentWrite> documents;
    std::optional<ReplyWrite> reply;
    std::vector<SealedWrite> sealed;
    std::vector<KeyErasure> erased;
};

/// Sequence numbers of the batch's events, changes first, in their order; both 0 if it had none.
struct Committed {
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
};

struct InstanceRecord {
    std::uint64_t version = 0;
    std::string body;
};

/// The covering index entry of an instance.
struct IndexRecord {
    std::string id;
    std::string entry;
};

struct Document {
    std::string id;
    std::uint64_t version = 0;
    std::string body;
};

struct StoredEvent {
    std::uint64_t seq = 0; // dense, from 1, in commit order over all partitions
    Partition partition = 0;
    std::string body;
};

struct StoreStatus {
    std::uint64_t last_seq = 0;
    std::uint64_t commits = 0; // batches made durable since opening
    std::uint64_t groups = 0;  // synced writes since opening: commits / groups share one fsync
    std::uint64_t queued = 0;  // batches waiting now
    std::uint64_t last_sync_us = 0;
    std::uint64_t free_bytes = 0; // of the disk; UINT64_MAX if not applicable
    bool accepts_writes = true;
};

/// Callback for the outcome of a batch. Called once per batch, in commit order, when the batch is
/// durable or has failed. Runs on the store's completion thread (RocksDB) or inside `commit`
/// (memory). Must not block.
using CommitDone = std::function<void(Result<Committed> const&)>;

/// Callback that now and then gets the bytes or files done and their total.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Callback that gets each entry of a scan. Returning false ends the scan.
using Visit = std::function<bool(std::string_view id, std::string_view body)>;

/// Interface of a store. Thread-safe. Reads see durable data only.
class Store {
public:
    virtual ~Store() = default;

    /// Queues the batch and returns. All of the batch becomes durable, or none of it. Batches
    /// commit in the order of the calls. An empty batch is a barrier: it completes after every
    /// batch queued before it.
    virtual void commit(Batch batch, CommitDone done) = 0;

    [[nodiscard]] virtual Result<std::optional<InstanceRecord>> instance(std::string_view id) = 0;
    /// Returns the instances in the order of `ids`, with nullopt for each absent one. Takes at most
    /// `limits::ids_per_read` ids.
    [[nodiscard]] virtual Result<std::vector<std::optional<InstanceRecord>>>
    instances(std::span<std::string const> ids) = 0;
    /// Returns the events of one instance or document, oldest first: at most `limit`, after its
    /// first `skip`.
    [[nodiscard]] virtual Result<std::vector<StoredEvent>>
    history(std::string_view id, std::uint64_t skip, std::size_t limit) = 0;
    /// Returns the events with seq > `after`, in order, at most `limit`.
    [[nodiscard]] virtual Result<std::vector<StoredEvent>> events_after(std::uint64_t after,
                                                                        std::size_t limit) = 0;
    /// Calls `visit` with every index entry of those partitions, in no particular order of ids. The
    /// engine builds its index from them. Several threads may scan in parallel.
    [[nodiscard]] virtual Result<void> scan_index(Partitions partitions, Visit const& visit) = 0;
    /// Replaces the index entries of instances that exist, all of them or none. Serves to rewrite
    /// entries of an earlier format, before the first commit. Entries are derived from instances,
    /// so those that a crash loses are replaced again.
    [[nodiscard]] virtual Result<void> replace_index(std::span<IndexRecord const> records) = 0;

    [[nodiscard]] virtual Result<std::optional<Document>> document(std::string_view kind,
                                                                   std::string_view id) = 0;
    [[nodiscard]] virtual Result<std::vector<Document>> documents(std::string_view kind) = 0;

    [[nodiscard]] virtual Result<std::optional<std::string>> reply(ReplyKey const& key) = 0;

    /// Returns the bytes that were written so; nullopt where there are none.
    [[nodiscard]] virtual Result<std::optional<std::string>>
    sealed(std::string_view id, std::uint64_t key, std::string_view field) = 0;
    /// Returns the greatest number of a key that something is sealed under; 0: nothing is.
    [[nodiscard]] virtual Result<std::uint64_t> last_key() = 0;
    [[nodiscard]] virtual Keyring& keyring() = 0;

    [[nodiscard]] virtual StoreStatus status() = 0;
    /// Adds a consistent copy of all that is durable now to a folder of backups (backups.hpp).
    /// Commands go on meanwhile. Returns its number. The copy is unfinished until `finish_backup`.
    /// Replaces the folder's one copy of the keyring by the newest.
    /// The caller must hold the folder's `BackupLock`.
    [[nodiscard]] virtual Result<std::uint32_t> backup(std::string const& directory,
                                                       Progress const& progress) = 0;

    /// Finishes the queued batches. Later commits are answered with `closed`. Idempotent. Reads
    /// work until the store is destroyed, which releases its files.
    virtual void close() = 0;
};

/// Returns a store in ordered maps, durable at once. For tests and simulation.
[[nodiscard]] std::unique_ptr<Store> open_memory_store();

} // namespace banjie::storage
