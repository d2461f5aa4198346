#include "storage/rocksdb/commit_thread.hpp"

#include "storage/keyring.hpp"
#include "storage/limits.hpp"
#include "storage/rocksdb/group.hpp"

#include <rocksdb/perf_level.h>

#include <chrono>
#include <sys/statvfs.h>
#include <utility>

namespace banjie::storage {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t key_bytes = 256; // estimate for the keys and framing of an ordinary batch

std::size_t size_bytes(Batch const& batch) {
    std::size_t size = batch.reply ? batch.reply->body.size() : 0;
    for (auto const& change : batch.changes)
        size += change.body.size() + change.index_entry.size() + change.event.size();
    for (auto const& sealed : batch.sealed) size += sealed.bytes ? sealed.bytes->size() : 0;
    for (auto const& document : batch.documents)
        size += (document.body ? document.body->size() : 0) + document.event.size();
    return size;
}

bool is_too_large(Batch const& batch) {
    auto const exceeds = [](std::string const& body) { return body.size() > limits::record_bytes; };
    for (auto const& change : batch.changes)
        if (exceeds(change.body) || exceeds(change.event) || exceeds(change.index_entry))
            return true;
    for (auto const& document : batch.documents)
        if ((document.body && exceeds(*document.body)) || exceeds(document.event)) return true;
    return batch.reply && exceeds(batch.reply->body);
}

/// Returns UINT64_MAX if the system does not say.
std::uint64_t free_bytes_of(std::string const& directory) {
    struct statvfs disk {};
    if (statvfs(directory.c_str(), &disk) != 0) return UINT64_MAX;
    return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

bool is_barrier(Batch const& batch) {
    return batch.changes.empty() && batch.documents.empty() && !batch.reply;
}

} // namespace

CommitThread::CommitThread(Database& database, Keyring& keyring, RocksdbOptions const& options,
                           std::uint64_t last_seq, std::uint64_t heads_written_seq,
                           layout::Heads const& heads)
    : database_(database), keyring_(keyring),
      free_bytes_(options.free_bytes
                      ? options.free_bytes
                      : [directory = options.directory] { return free_bytes_of(directory); }),
      reserve_bytes_(options.reserve_bytes), tell_failed_(options.failed), log_(options.log),
      last_seq_(last_seq), heads_written_seq_(heads_written_seq), heads_(heads) {
    status_.last_seq = last_seq;
    writer_ = std::thread([this] { write_groups(); });
    teller_ = std::thread([this] { tell(); });
}

CommitThread::~CommitThread() {
    stop();
}

void CommitThread::commit(Batch batch, CommitDone done) {
    Waiting waiting{std::move(batch), std::move(done), {}};
    if (is_too_large(waiting.batch))
        waiting.refused =
            Failure{Fault::unreadable,
                    "a record is larger than " + std::to_string(limits::record_bytes) + " bytes"};
    std::unique_lock lock(mutex_);
    auto const bytes = size_bytes(waiting.batch);
    bool const full = queue_.size() >= limits::queued_batches ||
                      (!queue_.empty() && queued_bytes_ + bytes > limits::queued_bytes);
    if (stopping_) {
        lock.unlock();
        if (waiting.done) waiting.done(Failure{Fault::closed, "the store is closing"});
        return;
    }
    if (full && !waiting.refused && !is_barrier(waiting.batch))
        waiting.refused = Failure{Fault::too_many, "the queue of writes is full"};
    // A refused batch keeps its place, so that outcomes are reported in order, but not its bytes.
    if (waiting.refused)
        waiting.batch = {};
    else
        queued_bytes_ += bytes;
    queue_.push_back(std::move(waiting));
    status_.queued = queue_.size();
    lock.unlock();
    arrived_.notify_one();
}

void CommitThread::stop() {
    std::lock_guard const stopping(stop_mutex_);
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (writer_.joinable()) writer_.join();
    {
        std::lock_guard const lock(telling_mutex_);
        telling_ends_ = true;
    }
    told_arrived_.notify_one();
    if (teller_.joinable()) teller_.join();
}

StoreStatus CommitThread::status() {
    // Checked here too: a store that refuses writes may get no write that would check.
    bool const takes = has_space() && is_in_place();
    std::lock_guard const lock(mutex_);
    auto now = status_;
    now.accepts_writes = takes && !stopping_ && !has_failed_;
    return now;
}

void CommitThread::write_groups() {
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable); // its counters cost a tenth of a write
    for (auto group = take(); !group.empty(); group = take()) write(std::move(group));
}

/// Blocks until a batch is queued. Returns an empty group if stopping and the queue is empty.
std::vector<CommitThread::Waiting> CommitThread::take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    std::vector<Waiting> group;
    std::size_t bytes = 0;
    while (!queue_.empty() && group.size() < limits::group_batches && bytes < limits::group_bytes) {
        bytes += size_bytes(queue_.front().batch);
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    queued_bytes_ -= bytes;
    status_.queued = queue_.size();
    return group;
}

void CommitThread::write(std::vector<Waiting> waiting) {
    std::vector<Told> told;
    told.reserve(waiting.size());
    bool const space = has_space(), in_place = is_in_place();
    std::size_t bytes = 0;
    for (Waiting const& one : waiting) bytes += size_bytes(one.batch) + key_bytes;
    Group group(*this, bytes);
    std::uint64_t commits = 0;
    for (Waiting& one : waiting) {
        auto result = [&]() -> Result<Committed> {
            if (one.refused) return *one.refused;
            if (failed_) return *failed_;
            if (is_barrier(one.batch)) return Committed{};
            if (!in_place)
                return Failure{Fault::absent, "the store's files are no longer in their folder"};
            if (!space) return Failure{Fault::no_space, "the disk has no room above the reserve"};
            return group.add(one.batch);
        }();
        if (result && !is_barrier(one.batch)) ++commits;
        told.push_back({std::move(one.done), std::move(result)});
    }
    auto const began = Clock::now();
    if (!group.empty()) {
        if (auto written = group.write(); written) {
            group.settle();
            told.front().erased = group.erased();
        } else {
            failed_ = written.error();
            for (Told& one : told)
                if (one.result) one.result = *failed_;
            commits = 0;
        }
    }
    {
        std::lock_guard const lock(mutex_);
        status_.last_seq = last_seq_;
        status_.commits += commits;
        if (commits > 0) ++status_.groups;
        status_.last_sync_us = static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count());
        has_failed_ = failed_.has_value();
    }
    hand_over(std::move(told));
}

bool CommitThread::has_space() {
    auto const now = Clock::now();
    std::unique_lock lock(mutex_);
    bool const fresh = space_checked_ != Clock::time_point() &&
                       now - space_checked_ < std::chrono::milliseconds(100);
    if (!fresh) {
        lock.unlock();
        auto const free_bytes = free_bytes_();
        lock.lock();
        space_checked_ = now;
        status_.free_bytes = free_bytes;
    }
    return status_.free_bytes >= reserve_bytes_;
}

/// Checks at most every 10 ms: a check takes as long as a small write.
bool CommitThread::is_in_place() {
    auto const now = Clock::now();
    {
        std::lock_guard const lock(mutex_);
        bool const fresh = place_checked_ != Clock::time_point() &&
                           now - place_checked_ < std::chrono::milliseconds(10);
        if (fresh) return was_in_place_;
        place_checked_ = now;
    }
    bool const in_place = database_.is_in_place();
    {
        std::lock_guard const lock(mutex_);
        if (std::exchange(was_in_place_, in_place) == in_place) return in_place;
    }
    if (log_)
        log_(3, in_place ? "The store's files are in their folder again: writing goes on"
                         : "The store's files are no longer in their folder: nothing is written");
    return in_place;
}

void CommitThread::hand_over(std::vector<Told> told) {
    {
        std::lock_guard const lock(telling_mutex_);
        for (Told& one : told) telling_.push_back(std::move(one));
    }
    told_arrived_.notify_one();
}

/// Where that fails, nobody knows whether a key is still there: the next start erases it.
void CommitThread::erase_keys(std::deque<Told>& told) {
    std::vector<std::uint64_t> erased;
    for (Told const& one : told) erased.insert(erased.end(), one.erased.begin(), one.erased.end());
    if (erased.empty()) return;
    auto const gone = keyring_.erase(erased);
    if (gone) return;
    for (Told& one : told)
        if (one.result) one.result = Failure{Fault::unknown, gone.error().detail};
}

void CommitThread::tell() {
    for (;;) {
        std::deque<Told> now;
        {
            std::unique_lock lock(telling_mutex_);
            told_arrived_.wait(lock, [this] { return telling_ends_ || !telling_.empty(); });
            if (telling_.empty()) return;
            now.swap(telling_);
        }
        erase_keys(now);
        std::optional<Failure> failed;
        for (Told& one : now) {
            if (one.done) one.done(one.result);
            if (one.result.has_error() && one.result.error().fault == Fault::unknown)
                failed = one.result.error();
        }
        if (failed && tell_failed_) std::exchange(tell_failed_, nullptr)(*failed);
    }
}

} // namespace banjie::storage
