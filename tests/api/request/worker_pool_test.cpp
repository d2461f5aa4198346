#include "api/limits.hpp"
#include "api/request/worker_pool.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <string>

using namespace banjie::api;

namespace {

/// Work that occupies a thread until it is released.
struct Block {
    std::promise<void> begun, released;
    [[nodiscard]] std::function<void()> work() {
        return [this] {
            begun.set_value();
            released.get_future().wait();
        };
    }
};

} // namespace

TEST_CASE("callers have turns, and work waits behind no other work than that of its caller") {
    Block first;
    std::string order; // written on one thread
    {
        WorkerPool pool(1);
        CHECK(pool.post("busy", first.work()));
        first.begun.get_future().wait();
        for (int i = 0; i < 3; ++i) CHECK(pool.post("busy", [&order] { order += 'b'; }));
        CHECK(pool.post("quiet", [&order] { order += 'q'; }));
        CHECK(pool.post("quiet", [&order] { order += 'q'; }));
        first.released.set_value();
    }
    CHECK(order == "bqbqb");
}

TEST_CASE("one caller's work occupies half of the threads at most") {
    Block first, second;
    std::promise<void> third, other;
    {
        WorkerPool pool(4);
        CHECK(pool.post("busy", first.work()));
        CHECK(pool.post("busy", second.work()));
        first.begun.get_future().wait();
        second.begun.get_future().wait();
        CHECK(pool.post("busy", [&third] { third.set_value(); }));
        CHECK(pool.post("quiet", [&other] { other.set_value(); }));
        other.get_future().wait();
        auto const done = third.get_future();
        CHECK(done.wait_for(std::chrono::milliseconds(0)) == std::future_status::timeout);
        first.released.set_value();
        done.wait();
        second.released.set_value();
    }
}

TEST_CASE("one caller's work waits within a bound, and leaves room for others") {
    Block first;
    std::atomic<std::size_t> done = 0;
    {
        WorkerPool pool(1);
        CHECK(pool.post("busy", first.work()));
        first.begun.get_future().wait();
        for (std::size_t i = 0; i < limits::waiting_work_of_one; ++i)
            REQUIRE(pool.post("busy", [&done] { ++done; }));
        CHECK_FALSE(pool.post("busy", [&done] { ++done; }));
        CHECK(pool.post("quiet", [&done] { ++done; }));
        first.released.set_value();
    }
    CHECK(done == limits::waiting_work_of_one + 1); // it finishes what is waiting
}
