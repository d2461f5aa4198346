#include "tests/workflows/cast.hpp"
#include "tests/workflows/sample.hpp"
#include "workflows/contract/limits.hpp"
#include "workflows/kit/parts.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using namespace banjie::workflows::kit;

namespace {

/// The code with which the units are refused when the county names them; empty when they are fit.
std::string refused(std::string lead, Texts const& helpers) {
    testing::SampleWorld const world;
    Policy const policy;
    Calendar const calendar;
    Instance const instance;
    Context const context{*testing::member("county"), testing::sample_time(), policy, calendar,
                          world};
    Fields fields;
    fields.set("lead_unit", std::move(lead));
    fields.set("co_handlers", helpers);
    auto const verdict = UnitsAreFit{}({instance, instance.facts, "assign", context}, fields);
    return verdict ? verdict->code : "";
}

Texts helpers(std::size_t count) {
    Texts all;
    for (std::size_t i = 0; i < count; ++i) all.push_back("360731-unit" + std::to_string(i));
    return all;
}

} // namespace

TEST_CASE("a lead unit has at most 20 co-handlers, known and of the own region") {
    CHECK(refused("360731-transport", {}) == "");
    CHECK(refused("360731-transport", helpers(limits::co_handlers)) == "");
    CHECK(refused("360731-transport", helpers(limits::co_handlers + 1)) == "too_many_co_handlers");
    CHECK(refused("360731-transport", {"35-finance"}) == "unknown_co_handler");
    CHECK(refused("360731-transport", {"36-finance"}) == "unit_outside_jurisdiction");
    CHECK(refused("360731-transport", {"360731-transport"}) == "lead_unit_is_co_handler");
}

TEST_CASE("the office of a level stands above or at a region") {
    CHECK(office_at(Level::township, "360731100") == "360731100");
    CHECK(office_at(Level::county, "360731100") == "360731");
    CHECK(office_at(Level::city, "360731100") == "3607");
    CHECK(office_at(Level::province, "360731100") == "36");
    CHECK(office_at(Level::county, "3607") == "3607");
}

TEST_CASE("an instance without a level stands with the province") {
    Fields facts;
    CHECK(level_of(facts) == Level::province);
    facts.set("level", std::string("city"));
    CHECK(level_of(facts) == Level::city);
}
