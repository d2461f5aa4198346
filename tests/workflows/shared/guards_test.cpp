#include "tests/workflows/cast.hpp"
#include "tests/workflows/sample.hpp"
#include "workflows/contract/limits.hpp"
#include "workflows/shared/guards.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using namespace banjie::workflows::shared;

namespace {

/// Returns the code with which the units are refused when the county names them.
std::string refused(std::string_view lead, Texts const& helpers) {
    banjie::workflows::testing::SampleWorld const world;
    Policy const policy;
    Calendar const calendar;
    Instance const instance;
    Case const here{instance,
                    *banjie::workflows::testing::member("county"),
                    banjie::workflows::testing::sample_time(),
                    policy,
                    calendar,
                    world};
    auto const verdict = judge_units(here, lead, helpers);
    return verdict ? std::string(verdict->code) : "";
}

Texts helpers(std::size_t count) {
    Texts all;
    for (std::size_t i = 0; i < count; ++i) all.push_back("360731-unit" + std::to_string(i));
    return all;
}

} // namespace

TEST_CASE("a lead unit has at most 20 co-handlers, known and within the jurisdiction") {
    CHECK(refused("360731-transport", {}) == "");
    CHECK(refused("360731-transport", helpers(limits::co_handlers)) == "");
    CHECK(refused("360731-transport", helpers(limits::co_handlers + 1)) == "too_many_co_handlers");
    CHECK(refused("360731-transport", {"35-finance"}) == "unknown_co_handler");
    CHECK(refused("360731-transport", {"36-finance"}) == "unit_outside_jurisdiction");
    CHECK(refused("360731-transport", {"360731-transport"}) == "lead_unit_is_co_handler");
}

TEST_CASE("an instance without a level is at the province") {
    CHECK(level_in("") == Level::province);
    CHECK(level_in("city") == Level::city);
}
