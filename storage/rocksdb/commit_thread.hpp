#pragma once
// The one writer. Batches queue up; the commit thread takes all that are waiting, checks their
// conditions, and writes them as one synced group; the next group fills meanwhile. A second thread
// tells the outcomes, in order.

#include "storage/rocksdb/database.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace banjie::storage {

/// What a group is going to write, and what it knows of what is there.
class Group;

class CommitThread {
public:
    /// `heads` is the chain after event `last_seq`; on disk it was last written after event
    /// `heads_written_seq`.
    CommitThread(Database& database, RocksdbOptions const& options, std::uint64_t last_seq,
                 std::uint64_t heads_written_seq, layout::Heads const& heads);
    /// Finishes the queue.
    ~CommitThread();

    void commit(Batch batch, CommitDone done);
    /// Finishes what is queued; later batches are answered `closed`.
    void stop();
    [[nodiscard]] StoreStatus status();

private:
    struct Waiting {
        Batch batch;
        CommitDone done;
        std::optional<Failure> refused{}; // it was full, or closing
    };
    struct Told {
        CommitDone done;
        Result<Committed> result;
    };
    /// Version and history of an instance that was written lately.
    struct Known {
        std::uint64_t version = 0;
        layout::Seqs seqs;
    };
    friend class Group;

    void write_groups();
    void tell();
    [[nodiscard]] std::vector<Waiting> take();
    void write(std::vector<Waiting> group);
    [[nodiscard]] bool has_space();
    [[nodiscard]] bool is_in_place();
    void hand_over(std::vector<Told> told);

    Database& database_;
    std::function<std::uint64_t()> const free_bytes_;
    std::uint64_t const reserve_bytes_;
    std::function<void(Failure const&)> tell_failed_; // until it has been told
    std::function<void(int, std::string_view)> const log_;

    mutable std::mutex mutex_; // of everything up to the next line
    std::condition_variable arrived_;
    std::deque<Waiting> queue_;
    std::size_t queued_bytes_ = 0;
    bool stopping_ = false;
    bool has_failed_ = false;
    bool was_in_place_ = true; // when it was last looked at
    std::chrono::steady_clock::time_point place_checked_{};
    StoreStatus status_;

    // The commit thread's own.
    std::uint64_t last_seq_;
    std::uint64_t heads_written_seq_;
    layout::Heads heads_;
    /// After a failed write it knows of what is not there; but then nothing is checked any more.
    std::unordered_map<std::string, Known> known_;
    std::optional<Failure> failed_; // nothing is ever written after that
    std::chrono::steady_clock::time_point space_checked_{};

    std::mutex telling_mutex_;
    std::condition_variable told_arrived_;
    std::deque<Told> telling_;
    bool telling_ends_ = false;

    std::mutex stop_mutex_; // whoever stops second waits for the first
    std::thread writer_, teller_;
};

} // namespace banjie::storage
