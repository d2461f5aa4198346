#pragma once
// The store on embedded RocksDB. Includes no RocksDB header.

#include "storage/chained_store.hpp"

namespace banjie::storage {

struct RocksdbOptions {
    std::string directory;
    bool create_if_missing = true;
    bool read_only = false;                     // for verify and dump
    std::uint64_t memory_bytes = 256ULL << 20;  // block cache, also charged by the write buffers
    std::uint64_t reserve_bytes = 512ULL << 20; // refuses writes when less disk is free
    std::function<std::uint64_t()> free_bytes;  // of the disk; if empty, the system is asked
    std::function<std::int64_t()> now_ms;       // for dropping expired replies
    std::function<void(std::span<std::uint8_t>)> random; // for keys; if empty, the system's
    std::function<void(int level, std::string_view)>
        log; // RocksDB's own messages; 0 debug … 3 error
    /// Callback for a failed write. Called once, on the completion thread, after the callers of the
    /// write have been answered. It is unknown what was written, and nothing is written any more.
    /// The process ought to end; nothing else reports it.
    std::function<void(Failure const&)> failed;
};

/// Opens or creates the store, checks its format, recovers its log and checks the chain's heads.
[[nodiscard]] Result<std::unique_ptr<ChainedStore>> open_rocksdb_store(RocksdbOptions options);

struct VerifyReport {
    std::uint64_t events = 0, instances = 0, documents = 0, index_entries = 0, replies = 0,
                  sealed = 0;
    std::uint64_t last_seq = 0;
    std::vector<std::string> findings; // empty if sound; at most 100
    std::vector<ChainHead> heads{};    // those that were asked for and exist, in order
};

/// Reads everything offline: checksums, dense sequence, hash chain of every partition, versions and
/// index entries against instances. No process may have the store open. Reports the heads of the
/// chain after the events whose sequence numbers are in `heads_at`, which is sorted.
[[nodiscard]] Result<VerifyReport> verify_store(std::string const& directory,
                                                Progress const& progress,
                                                std::span<std::uint64_t const> heads_at = {});

/// Writes every record as one JSON line {"table","id"|"seq",…} to `out`, in key order. No process
/// may have the store open.
[[nodiscard]] Result<void> dump_store(std::string const& directory,
                                      std::function<void(std::string_view line)> const& out);

} // namespace banjie::storage
