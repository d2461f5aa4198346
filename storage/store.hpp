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

using Partition = std::uint8_t;
inline constexpr unsigned partition_count = 256; // never change
/// The partition of an instance or a document: FNV-1a 64 of the id, folded to 8 bits. Never change.
[[nodiscard]] Partition partition_of(std::string_view id);

/// From the first to the last, both included.
struct Partitions {
    Partition first = 0, last = partition_count - 1;
};

enum class Fault {
    conflict,     // an expected version did not hold; nothing was written
    no_space,     // below the disk watermark; nothing was written; reads go on
    too_many,     // the commit queue is full; nothing was written
    closed,       // the store is stopping; nothing was written
    unknown,      // the write failed: it may or may not be there. The process must stop
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
/// `Failure` is no std::error_code; this makes `value()` on a failure throw std::runtime_error.
[[noreturn]] void throw_exception_from_error(Failure const& failure,
                                             boost::source_location const& where);

template <class T>
using Result = boost::system::result<T, Failure>;

/// One instance moves one version on, from `expected_version` (0: must not exist) to the next,
/// by exactly one event. Several changes of one instance in a batch apply one after the other.
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
    std::optional<std::uint64_t> expected_version; // nullopt: whatever it is; 0: must not exist
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

struct Batch {
    std::vector<Change> changes;
    std::vector<DocumentWrite> documents;
    std::optional<ReplyWrite> reply;
};

/// Sequence numbers of the batch's events, changes first, in their order; both 0 when it had none.
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
    std::uint64_t free_bytes = 0; // of the disk; UINT64_MAX where it does not apply
    bool accepts_writes = true;
};

/// Called once per batch, in commit order, when the batch is durable or has failed; on the store's
/// completion thread (RocksDB) or inside `commit` (memory). It must not block.
using CommitDone = std::function<void(Result<Committed> const&)>;

/// Gets done and total, of bytes or files, now and then.
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Gets every entry of a scan; returning false ends it.
using Visit = std::function<bool(std::string_view id, std::string_view body)>;

/// Thread-safe throughout. Reads see durable data only.
class Store {
public:
    virtual ~Store() = default;

    /// Queues the batch and returns. All of it becomes durable, or none; in the order of the calls.
    /// An empty batch completes after everything that was queued before it: a barrier.
    virtual void commit(Batch batch, CommitDone done) = 0;

    [[nodiscard]] virtual Result<std::optional<InstanceRecord>> instance(std::string_view id) = 0;
    /// In the order asked; an absent one is nullopt. At most `limits::ids_per_read`.
    [[nodiscard]] virtual Result<std::vector<std::optional<InstanceRecord>>>
    instances(std::span<std::string const> ids) = 0;
    /// Events of one instance or document, oldest first, after its first `skip`, at most `limit`.
    [[nodiscard]] virtual Result<std::vector<StoredEvent>>
    history(std::string_view id, std::uint64_t skip, std::size_t limit) = 0;
    /// Events with seq > `after`, in order, at most `limit`.
    [[nodiscard]] virtual Result<std::vector<StoredEvent>> events_after(std::uint64_t after,
                                                                        std::size_t limit) = 0;
    /// Every index entry of those partitions, in no particular order of ids: what the engine's
    /// index starts from. Several threads may scan side by side.
    [[nodiscard]] virtual Result<void> scan_index(Partitions partitions, Visit const& visit) = 0;
    /// Replaces the index entries of instances that exist, all of them or none; for entries of an
    /// earlier format, before the first commit. An entry follows from its instance: what a crash
    /// takes away is replaced again.
    [[nodiscard]] virtual Result<void> replace_index(std::span<IndexRecord const> records) = 0;

    [[nodiscard]] virtual Result<std::optional<Document>> document(std::string_view kind,
                                                                   std::string_view id) = 0;
    [[nodiscard]] virtual Result<std::vector<Document>> documents(std::string_view kind) = 0;

    [[nodiscard]] virtual Result<std::optional<std::string>> reply(ReplyKey const& key) = 0;

    [[nodiscard]] virtual StoreStatus status() = 0;
    /// Adds to a folder of backups (backups.hpp) a consistent copy of all that is durable now,
    /// while commands go on; gives its number. The copy is unfinished until `finish_backup`. Only
    /// for who holds the folder's `BackupLock`.
    [[nodiscard]] virtual Result<std::uint32_t> backup(std::string const& directory,
                                                       Progress const& progress) = 0;

    /// Finishes what is queued; later commits answer `closed`. Idempotent. Reading goes on until
    /// the store is destroyed, which releases its files.
    virtual void close() = 0;
};

/// For tests and simulation: everything in ordered maps, durable at once.
[[nodiscard]] std::unique_ptr<Store> open_memory_store();

} // namespace banjie::storage
