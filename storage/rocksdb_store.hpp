#pragma once
// The store on embedded RocksDB. No RocksDB header in here.

#include "storage/store.hpp"

namespace banjie::storage {

struct RocksdbOptions {
    std::string directory;
    bool create_if_missing = true;
    bool read_only = false;                     // for verify and dump
    std::uint64_t memory_bytes = 256ULL << 20;  // block cache, charged by the write buffers too
    std::uint64_t reserve_bytes = 512ULL << 20; // refuse writes below so much free disk
    std::function<std::uint64_t()> free_bytes;  // of the disk; empty: asks the system
    std::function<std::int64_t()> now_ms;       // for forgetting expired replies
    std::function<void(int level, std::string_view)>
        log; // RocksDB's own messages; 0 debug … 3 error
    /// Called once, on the completion thread, when a write has failed and whoever waited for it has
    /// been told: nobody knows what is there, and nothing is written any more. The process ought to
    /// end; this is the one place that says so.
    std::function<void(Failure const&)> failed;
};

/// Opens or creates the store, checks its format, recovers its log and checks the chain's heads.
[[nodiscard]] Result<std::unique_ptr<Store>> open_rocksdb_store(RocksdbOptions options);

struct VerifyReport {
    std::uint64_t events = 0, instances = 0, documents = 0, index_entries = 0, replies = 0;
    std::uint64_t last_seq = 0;
    std::vector<std::string> findings; // empty: sound. At most 100 are kept
};

/// Reads everything offline: checksums, dense sequence, hash chain of every partition, versions and
/// index entries against instances. Works on a store that nobody has open.
[[nodiscard]] Result<VerifyReport> verify_store(std::string const& directory,
                                                Progress const& progress);

/// Writes every record as one JSON line {"table","id"|"seq",…} to `out`, in key order. Works on a
/// store that nobody has open.
[[nodiscard]] Result<void> dump_store(std::string const& directory,
                                      std::function<void(std::string_view line)> const& out);

} // namespace banjie::storage
