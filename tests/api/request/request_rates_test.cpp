#include "api/limits.hpp"
#include "api/request/request_rates.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace banjie::api;
using namespace std::chrono_literals;
using banjie::engine::Time;

TEST_CASE("a caller may make so many requests at once, and then so many a second") {
    RequestRates rates(10);
    Time now{};
    for (int i = 0; i < 10 * limits::request_burst_s; ++i) CHECK(rates.admit("clerk", now) == 0);
    CHECK(rates.admit("clerk", now) == 1);
    CHECK(rates.admit("another", now) == 0);
    now += 1s;
    for (int i = 0; i < 10; ++i) CHECK(rates.admit("clerk", now) == 0);
    CHECK(rates.admit("clerk", now) == 1);
    now -= 1h; // a clock that is set back gives and takes nothing
    CHECK(rates.admit("clerk", now) == 1);
    RequestRates unbounded(0);
    for (int i = 0; i < 10'000; ++i) CHECK(unbounded.admit("clerk", now) == 0);
}

TEST_CASE("however many callers there are, memory is bounded and they are answered") {
    RequestRates rates(1);
    for (std::size_t i = 0; i < 3 * limits::counted_callers; ++i)
        CHECK(rates.admit(std::to_string(i), Time{}) == 0);
}

TEST_CASE("loopback is this machine") {
    for (auto const* own : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"})
        CHECK(is_of_this_machine(own));
    for (auto const* other : {"10.0.0.1", "128.0.0.1", "::2", "", "1127.0.0.1", "::ffff:10.0.0.1"})
        CHECK_FALSE(is_of_this_machine(other));
}

TEST_CASE("a request that takes long counts as several, within a bound") {
    RequestRates rates(10);
    Time const now{};
    rates.took("clerk", std::chrono::microseconds(limits::request_cost_us), now); // an ordinary one
    int taken = 0;
    while (rates.admit("clerk", now) == 0) ++taken;
    CHECK(taken == 10 * limits::request_burst_s);
    rates.took("other", std::chrono::microseconds(51 * limits::request_cost_us), now);
    for (taken = 0; rates.admit("other", now) == 0;) ++taken;
    CHECK(taken == 10 * limits::request_burst_s - 50);
    rates.took("other", std::chrono::hours(1), now);
    CHECK(rates.admit("other", now) <= limits::request_cost_max / 10 + 1);
}
