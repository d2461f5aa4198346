#include "tests/workflows/calendar_file.hpp"
#include "tests/workflows/cast.hpp"
#include "tests/workflows/rehearsal.hpp"
#include "workflows/round.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using namespace banjie::workflows::testing;

namespace {

std::string give(Rehearsal& rehearsal, Actor const& actor, std::string_view command,
                 Fields const& fields = {}) {
    auto const refusal = rehearsal.give(actor, round(), "round-4", command, fields);
    return refusal ? std::string(refusal->code) : "";
}

Fields times(std::initializer_list<std::pair<std::string_view, std::string_view>> entries) {
    Fields fields;
    for (auto const& [name, text] : entries) fields.set(name, local_time(text));
    return fields;
}

void plan(Rehearsal& rehearsal) {
    rehearsal.advance_to(local_time("2021-01-01"));
    auto fields =
        times({{"opens_at", "2021-01-04"}, {"closes_at", "2021-01-29"}, {"due_at", "2021-03-31"}});
    fields.set("number", std::int64_t{4});
    fields.set("name", std::string("Fourth"));
    REQUIRE(give(rehearsal, *member("province"), "plan", fields) == "");
}

} // namespace

TEST_CASE("a round wakes when it opens and after it closes, by the dates as they are now") {
    Rehearsal rehearsal;
    plan(rehearsal);
    auto const& opens = rehearsal.find("round-4")->wake;
    REQUIRE(opens);
    CHECK(opens->at == local_time("2021-01-04"));
    CHECK(opens->command == "open");
    REQUIRE(give(rehearsal, *member("province"), "change", times({{"opens_at", "2021-01-11"}})) ==
            "");
    rehearsal.advance_to(local_time("2021-01-08"));
    CHECK(rehearsal.find("round-4")->state() == "planned");
    rehearsal.advance_to(local_time("2021-01-11"));
    CHECK(rehearsal.find("round-4")->state() == "collecting");
    rehearsal.advance_to(local_time("2021-01-29")); // the last moment of its window
    CHECK(rehearsal.find("round-4")->state() == "collecting");
    rehearsal.advance_to(local_time("2021-01-29 09:01"));
    CHECK(rehearsal.find("round-4")->state() == "handling");
    CHECK_FALSE(rehearsal.find("round-4")->wake);
}

TEST_CASE("a change must leave the dates in order") {
    Rehearsal rehearsal;
    plan(rehearsal);
    auto const& province = *member("province");
    CHECK(give(rehearsal, province, "change", times({{"opens_at", "2021-01-29"}})) ==
          "dates_out_of_order");
    CHECK(give(rehearsal, province, "change", times({{"closes_at", "2021-04-01"}})) ==
          "dates_out_of_order");
    CHECK(give(rehearsal, province, "change", times({{"due_at", "2021-01-20"}})) ==
          "dates_out_of_order");
    CHECK(give(rehearsal, province, "change",
               times({{"closes_at", "2021-04-01"}, {"due_at", "2021-06-30"}})) == "");
}

TEST_CASE("the clock never opens a round too early, but people may") {
    Rehearsal rehearsal;
    plan(rehearsal);
    CHECK(give(rehearsal, system_actor(), "open") == "time_has_not_come");
    CHECK(give(rehearsal, *member("province"), "open") == "");
    CHECK(give(rehearsal, system_actor(), "open") == "not_permitted_in_state");
    CHECK(give(rehearsal, system_actor(), "start_handling") == "time_has_not_come");
    CHECK(give(rehearsal, *member("province"), "start_handling") == "");
}
