#pragma once
// A group: the batches that share one synced write.

#include "storage/rocksdb/commit_thread.hpp"

namespace rocksdb {
class WriteBatch;
}

namespace banjie::storage {

class Group {
public:
    /// Reserves room for `expected_bytes` of bodies.
    Group(CommitThread& thread, std::size_t expected_bytes);
    ~Group();

    /// Adds all of the batch, or nothing if a condition does not hold.
    [[nodiscard]] Result<Committed> add(Batch const& batch);
    /// Returns the keys to erase once the group is durable.
    [[nodiscard]] std::vector<std::uint64_t> const& erased() const { return erased_; }
    [[nodiscard]] bool empty() const;
    /// Writes the group, synced. After a failure it is unknown what was written.
    [[nodiscard]] Result<void> write();
    /// Passes the new sequence number and chain heads to the thread. Only after a successful
    /// `write`.
    void settle();

private:
    using Known = CommitThread::Known;
    struct Kept { // a document
        std::uint64_t version = 0;
        bool present = false;
        layout::Seqs seqs;
    };
    using DocumentsByKey = std::unordered_map<std::string, Kept>;

    [[nodiscard]] Result<Known*> instance(std::string const& id);
    [[nodiscard]] Result<Kept> document(std::string const& key, DocumentsByKey const& moved);
    [[nodiscard]] Result<void> check(Batch const& batch, DocumentsByKey& documents);
    void put_sealed(Batch const& batch);
    [[nodiscard]] std::uint64_t put_event(std::string_view subject, std::string_view body);

    CommitThread& thread_;
    std::unique_ptr<rocksdb::WriteBatch> writes_;
    std::vector<Known*> moved_; // by the batch being added, one per change
    DocumentsByKey documents_;
    layout::Heads heads_;
    std::uint64_t last_seq_;
    bool heads_added_ = false;
    std::vector<std::uint64_t> erased_;
};

} // namespace banjie::storage
