#pragma once
// Threads for blocking work: writes of documents, passwords, backups.

#include "api/limits.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace banjie::api {

class WorkerPool {
public:
    /// Starts that many threads. The work of one caller occupies at most half of them.
    explicit WorkerPool(std::size_t threads = limits::workers);
    /// Finishes the queued work.
    ~WorkerPool();
    WorkerPool(WorkerPool const&) = delete;
    WorkerPool& operator=(WorkerPool const&) = delete;

    /// Returns false, and does not run the work, if the queue of this caller or of all is full.
    /// Never blocks.
    [[nodiscard]] bool post(std::string const& caller, std::function<void()> work);

private:
    struct Caller {
        std::deque<std::function<void()>> waiting;
        std::size_t running = 0;
    };
    using Callers = std::map<std::string, Caller>;

    void run();
    /// Returns whose turn it is; the end if nobody's work may begin.
    [[nodiscard]] Callers::iterator next();
    void work_for(Callers::iterator caller, std::unique_lock<std::mutex>& lock);

    std::size_t const threads_of_one_;
    std::mutex mutex_; // of the rest
    std::condition_variable changed_;
    Callers callers_;               // whose work waits or runs
    std::deque<std::string> turns_; // of callers whose work waits
    std::size_t waiting_ = 0;       // of all
    bool stopping_ = false;
    std::vector<std::thread> threads_; // last: they end before the rest goes
};

} // namespace banjie::api
