#pragma once
// Threads for blocking work: writes of documents, passwords, backups.

#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <functional>

namespace banjie::api {

class WorkerPool {
public:
    WorkerPool();
    /// Finishes the queued work.
    ~WorkerPool();
    /// Returns false if the queue is full; the work will not run.
    [[nodiscard]] bool post(std::function<void()> work);

private:
    std::atomic<std::size_t> waiting_ = 0;
    boost::asio::thread_pool pool_;
};

} // namespace banjie::api
