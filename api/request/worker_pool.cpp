#include "api/request/worker_pool.hpp"

#include <algorithm>
#include <utility>

namespace banjie::api {

WorkerPool::WorkerPool(std::size_t threads)
    : threads_of_one_(std::max<std::size_t>(1, threads / 2)) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool WorkerPool::post(std::string const& caller, std::function<void()> work) {
    {
        std::lock_guard const lock(mutex_);
        if (waiting_ >= limits::waiting_work) return false;
        auto const place = callers_.try_emplace(caller).first;
        auto& waiting = place->second.waiting;
        if (waiting.size() >= limits::waiting_work_of_one) return false;
        if (waiting.empty()) turns_.push_back(caller);
        waiting.push_back(std::move(work));
        ++waiting_;
    }
    changed_.notify_one();
    return true;
}

WorkerPool::Callers::iterator WorkerPool::next() {
    for (auto turn = turns_.begin(); turn != turns_.end(); ++turn) {
        auto const caller = callers_.find(*turn);
        if (caller->second.running >= threads_of_one_) continue;
        turns_.erase(turn);
        return caller;
    }
    return callers_.end();
}

void WorkerPool::work_for(Callers::iterator caller, std::unique_lock<std::mutex>& lock) {
    auto& [waiting, running] = caller->second;
    auto work = std::move(waiting.front());
    waiting.pop_front();
    --waiting_;
    ++running;
    if (!waiting.empty()) turns_.push_back(caller->first); // behind all others
    lock.unlock();
    work();
    work = nullptr; // what it holds goes before the lock is taken
    lock.lock();
    --running;
    if (running == 0 && waiting.empty()) callers_.erase(caller);
}

void WorkerPool::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        auto const caller = next();
        if (caller != callers_.end()) {
            work_for(caller, lock);
            changed_.notify_one(); // the caller may have another turn now
        } else if (stopping_ && waiting_ == 0) {
            changed_.notify_all();
            return;
        } else {
            changed_.wait(lock);
        }
    }
}

} // namespace banjie::api
