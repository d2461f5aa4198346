#include "engine/documents/administration.hpp"
#include "engine/embedded.hpp"
#include "engine/rules/policy_file.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <thread>

using namespace banjie;
using namespace banjie::engine;
using nlohmann::json;

namespace {

workflows::CalendarYear year_2027() {
    return read_calendar(
               R"({"years":[{"year":2027,"holidays":["2027-01-01"],"makeup_workdays":[]}]})")
        .value()
        .front();
}

json built_in_policy() {
    return json::parse(*embedded_file("workflows/policies/problem.json"));
}

} // namespace

TEST_CASE("an administrator of the province adds a year to the calendar, for good") {
    Desk desk;
    CHECK_FALSE(desk.office.rulebook.rules()->calendar.has_year(2027));
    auto& administration = desk.office.administration;
    REQUIRE(administration.save_calendar_year(desk.administrator, year_2027(), 0).has_value());
    CHECK(desk.office.rulebook.rules()->calendar.has_year(2027));
    CHECK(desk.office.rulebook.rules()->calendar.has_year(2026));
    Desk later(*desk.own_store);
    CHECK(later.office.rulebook.rules()->calendar.has_year(2027));
    CHECK(administration.save_calendar_year(desk.county, year_2027(), 1).error().code ==
          "forbidden");
}

TEST_CASE("a policy is checked before it is in force, and then holds for the next command") {
    Desk desk;
    auto policy = built_in_policy();
    policy["working_days"]["handle"] = 2;
    auto& administration = desk.office.administration;
    REQUIRE(administration.save_policy(desk.administrator, policy.dump(), 0).has_value());
    auto const id = desk.report();
    desk.bring_to_handling(id);
    auto const problem = desk.office.engine.find(desk.county, "problem", id);
    auto const due = (*problem)->facts.time("handle_due_at");
    REQUIRE(due.has_value());
    CHECK(*due == workflows::end_of(std::chrono::sys_days{std::chrono::year{2026} / 3 / 4}));

    policy["working_days"].erase("handle");
    policy["labels"].erase("state.handling");
    auto const refused = administration.save_policy(desk.administrator, policy.dump(), 1);
    REQUIRE(refused.has_error());
    CHECK_FALSE(refused.error().errors.empty());
    CHECK(desk.office.rulebook.rules()->policies.at("problem").days("handle") == 2);
    Desk later(*desk.own_store);
    CHECK(later.office.rulebook.rules()->policies.at("problem").days("handle") == 2);
}

TEST_CASE("what somebody else has saved meanwhile is not overwritten, after a restart neither") {
    Desk desk;
    auto& administration = desk.office.administration;
    auto const policy = built_in_policy().dump();
    REQUIRE(administration.save_policy(desk.administrator, policy, 0).has_value());
    REQUIRE(administration.save_calendar_year(desk.administrator, year_2027(), 0).has_value());
    Desk restarted(*desk.own_store);
    for (auto* office : {&desk.office, &restarted.office}) {
        auto& later = office->administration;
        CHECK(later.save_policy(desk.administrator, policy, 0).error().code == "version_mismatch");
        CHECK(later.check_policy(desk.administrator, policy, 0).error().code == "version_mismatch");
        CHECK(later.save_calendar_year(desk.administrator, year_2027(), 0).error().code ==
              "version_mismatch");
        CHECK(office->rulebook.rules()->policies.at("problem").version == 1);
        CHECK(office->rulebook.rules()->calendar.year(2027)->version == 1);
    }
    CHECK(administration.save_policy(desk.administrator, policy, 1).has_value());
    CHECK(administration.save_policy(desk.administrator, policy, std::nullopt).has_value());
    CHECK(desk.office.rulebook.rules()->policies.at("problem").version == 3);
}

TEST_CASE("the rules may be read while they are replaced") {
    Rulebook book;
    std::jthread const reader([&book](std::stop_token const& stop) {
        while (!stop.stop_requested()) CHECK(book.rules()->calendar.has_year(2026));
    });
    for (int i = 0; i < 1'000; ++i) book.replace(std::make_shared<Rules>(*book.rules()));
}
