#pragma once
// The one writer. Batches queue up. The commit thread takes all that are waiting, checks their
// conditions, and writes them as one synced group, while the next group fills. A second thread
// reports the outcomes, in order.

#include "storage/rocksdb/database.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace banjie::storage {

/// The writes of one group, and its view of the records that they change.
class Group;

class CommitThread {
public:
    /// Starts both threads. `heads` is the chain after event `last_seq`; it was last written to
    /// disk after event `heads_written_seq`.
    CommitThread(Database& database, Keyring& keyring, RocksdbOptions const& options,
                 std::uint64_t last_seq, std::uint64_t heads_written_seq,
                 layout::Heads const& heads);
    /// Finishes the queued batches. Blocks.
    ~CommitThread();

    void commit(Batch batch, CommitDone done);
    /// Finishes the queued batches. Later batches are answered with `closed`. Blocks.
    void stop();
    [[nodiscard]] StoreStatus status();

private:
    struct Waiting {
        Batch batch;
        CommitDone done;
        std::optional<Failure> refused{}; // the batch was too large, or the queue full
    };
    struct Told {
        CommitDone done;
        Result<Committed> result;
        std::vector<std::uint64_t> erased{}; // keys that go before anybody hears of it
    };
    /// Version and history of an instance that was written recently.
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
    void erase_keys(std::deque<Told>& told);

    Database& database_;
    Keyring& keyring_;
    std::function<std::uint64_t()> const free_bytes_;
    std::uint64_t const reserve_bytes_;
    std::function<void(Failure const&)> tell_failed_; // called at most once
    std::function<void(int, std::string_view)> const log_;

    mutable std::mutex mutex_; // guards the members up to the next blank line
    std::condition_variable arrived_;
    std::deque<Waiting> queue_;
    std::size_t queued_bytes_ = 0;
    bool stopping_ = false;
    bool has_failed_ = false;
    bool was_in_place_ = true; // at the last check
    std::chrono::steady_clock::time_point place_checked_{};
    StoreStatus status_;

    // Used by the commit thread only, except space_checked_, which mutex_ guards.
    std::uint64_t last_seq_;
    std::uint64_t heads_written_seq_;
    layout::Heads heads_;
    /// Wrong after a failed write; but then nothing is checked any more.
    std::unordered_map<std::string, Known> known_;
    std::optional<Failure> failed_; // after it nothing is written any more
    std::chrono::steady_clock::time_point space_checked_{};

    std::mutex telling_mutex_;
    std::condition_variable told_arrived_;
    std::deque<Told> telling_;
    bool telling_ends_ = false;

    std::mutex stop_mutex_; // makes a second caller of stop() wait for the first
    std::thread writer_, teller_;
};

} // namespace banjie::storage
