#include "api/request/worker_pool.hpp"

#include "api/limits.hpp"

#include <boost/asio/post.hpp>

namespace banjie::api {

WorkerPool::WorkerPool() : pool_(limits::workers) {}

WorkerPool::~WorkerPool() {
    pool_.join();
}

bool WorkerPool::post(std::function<void()> work) {
    if (waiting_.fetch_add(1) >= limits::waiting_work) {
        --waiting_;
        return false;
    }
    boost::asio::post(pool_, [this, work = std::move(work)] {
        work();
        --waiting_;
    });
    return true;
}

} // namespace banjie::api
