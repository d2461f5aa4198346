#include "tests/workflows/cast.hpp"
#include "tests/workflows/mistakes/sound.hpp"
#include "tests/workflows/sample.hpp"
#include "workflows/kit/machine_workflow.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using namespace std::chrono_literals;

namespace {

Workflow const& works_workflow() {
    return kit::workflow_of<works::Definition>();
}

/// One promised work of a county, driven by whoever is named.
struct Works {
    testing::SampleWorld world;
    Calendar calendar;
    Time now = testing::sample_time();
    Policy policy{.workflow = "works",
                  .working_days = {{"report", 20}, {"deliver", 60}, {"due_soon", 3}},
                  .limits = {{"returns", 1}},
                  .vocabularies = {},
                  .labels = {{"workflow", {"实事", "Promised work"}},
                             {"command.report_progress", {"报告进展", "report progress"}},
                             {"phrase.report_progress", {"报告*的进展", "report progress on *"}},
                             {"state.under_way", {"办理中", "under way"}}},
                  .notify = {}};
    Instance work = works_workflow().fresh("w1", now);
    Refusal refusal;
    std::vector<Consequence> consequences;

    Actor county = *testing::member("county");
    Actor unit = *testing::member("department");

    /// Returns the refusal's code; empty if it was done.
    std::string give(Actor const& by, std::string_view command,
                     std::initializer_list<std::pair<std::string_view, Value>> entries = {}) {
        Fields fields;
        for (auto const& [name, value] : entries) fields.set(name, value);
        Context const context{by, now, policy, calendar, world};
        auto decision = works_workflow().decide(work, command, fields, context);
        if (decision.refusal) {
            refusal = *decision.refusal;
            return std::string(refusal.code);
        }
        decision.event.at = now;
        consequences = decision.consequences;
        apply(work, decision.event);
        return "";
    }
    void bring_under_way() {
        REQUIRE(give(county, "plan",
                     {{"title", std::string("A road")},
                      {"region", std::string("360731")},
                      {"year", std::int64_t{2021}}}) == "");
        REQUIRE(give(county, "approve", {{"lead_unit", std::string("360731-transport")}}) == "");
    }
    std::string report(std::int64_t percent) {
        return give(unit, "report_progress",
                    {{"percent", percent}, {"progress", std::string("So far.")}});
    }
};

} // namespace

TEST_CASE("the first alternative that holds wins, and the last one says why none does") {
    Works works;
    works.bring_under_way();
    CHECK(works.report(100) == "");
    auto const verify = [&](char const* outcome) {
        return works.give(works.county, "verify",
                          {{"outcome", std::string(outcome)}, {"findings", std::string("Seen.")}});
    };
    CHECK(works.give(works.unit, "deliver") == "");
    CHECK(verify("poor") == "");
    CHECK(works.work.state() == "under_way");
    CHECK(works.give(works.unit, "deliver") == "");
    CHECK(verify("poor") == "returned_too_often");
    CHECK(verify("good") == "");
    CHECK(works.work.state() == "verified");
    CHECK(works.work.facts.number("return_count") == 1);
}

TEST_CASE("the earliest clock that runs is in force, and its light turns") {
    Works works;
    works.bring_under_way();
    CHECK(works.work.facts.text("due_clock") == "report");
    REQUIRE(works.work.wake);
    CHECK(works.work.wake->command == "tick");
    works.now = *works.work.facts.time("due_at") + 1ms;
    CHECK(works.give(system_actor(), "tick") == "");
    CHECK(works.work.states[1] == "overdue");
    CHECK(works.report(10) == "");
    CHECK(works.work.states[1] == "on_time");
}

TEST_CASE(
    "a clock that pauses keeps the days that are left, and a wake resumes nothing by itself") {
    Works works;
    works.bring_under_way();
    CHECK(works.give(works.county, "suspend",
                     {{"reason", std::string("Floods")},
                      {"suspended_until", works.now + 24h * 30}}) == "");
    CHECK_FALSE(works.work.facts.has("due_at"));
    CHECK(works.work.facts.number("deliver_days_left") == 60);
    REQUIRE(works.work.wake);
    CHECK(works.work.wake->command == "remind");
    CHECK(works.give(system_actor(), "remind") == "");
    CHECK_FALSE(works.work.wake);
    CHECK(works.give(works.county, "resume") == "");
    CHECK(works.work.facts.has("deliver_due_at"));
    CHECK_FALSE(works.work.facts.has("deliver_days_left"));
}

TEST_CASE("a creation that is demanded says under which fact it is remembered") {
    Works works;
    works.bring_under_way();
    CHECK(works.give(works.unit, "raise_problem", {{"category", std::string("transport")}}) == "");
    REQUIRE(works.consequences.size() == 1);
    CHECK(works.consequences[0].workflow == "problem");
    CHECK(works.consequences[0].command == "report");
    CHECK(works.consequences[0].instance.empty());
    CHECK(works.consequences[0].remembered_as == "became");
    CHECK(works.consequences[0].fields.text("title") == "A road");
}

TEST_CASE("who sees it, whose turn it is and who is addressed follow from state and facts") {
    Works works;
    auto const& workflow = works_workflow();
    CHECK(workflow.seen_by(works.work).empty());
    REQUIRE(works.give(works.county, "plan",
                       {{"title", std::string("A road")},
                        {"region", std::string("360731")},
                        {"year", std::int64_t{2021}}}) == "");
    CHECK(workflow.seen_by(works.work) == std::vector<Place>{{Sight::unit, "360731"}});
    CHECK(workflow.waits_for(works.work) == std::vector<Address>{{Role::coordinator, "360731"}});
    REQUIRE(works.give(works.county, "approve", {{"lead_unit", std::string("360731-transport")}}) ==
            "");
    CHECK(workflow.seen_by(works.work) ==
          std::vector<Place>{{Sight::region, "360731"}, {Sight::unit, "360731-transport"}});
    CHECK(workflow.addresses_of("lead_unit", works.work) ==
          std::vector<Address>{{Role::handler, "360731-transport"}});
    CHECK(workflow.addresses_of("nobody", works.work).empty());
    CHECK(workflow.is_one_of("lead_unit", works.unit, works.work));
    CHECK_FALSE(workflow.is_one_of("lead_unit", works.county, works.work));
    works.work.facts.set("inspector", std::string("wang"));
    CHECK(workflow.addresses_of("inspector", works.work) == std::vector<Address>{{{}, "wang"}});
    CHECK(workflow.seen_by(works.work).back() == Place{Sight::person, "wang"});
    works.work.states.front() = "verified";
    CHECK(workflow.seen_by(works.work) == std::vector<Place>{{Sight::everyone, ""}});
}

TEST_CASE("marks are bits in their order") {
    Works works;
    works.bring_under_way();
    CHECK(works_workflow().marks_of(works.work) == 0);
    works.work.facts.set("return_count", std::int64_t{1});
    CHECK(works_workflow().marks_of(works.work) == 1);
    works.work.facts.set("outcome", std::string("good"));
    CHECK(works_workflow().marks_of(works.work) == 3);
    auto const facets = works_workflow().facets();
    CHECK(facets.marks[1].name == "verified");
    CHECK(facets.moments[0].fact.empty());
    CHECK(facets.moments[1].name == "delivered");
    CHECK(facets.moments[1].fact == "delivered_at");
    CHECK(facets.numbers[0].decimals == 2);
    CHECK(facets.tags[2].of_handling_unit);
    CHECK(facets.rates[0].moment == "delivered");
}

TEST_CASE("a refusal is a sentence of labels and words") {
    Works works;
    CHECK(works.report(1) == "forbidden");
    CHECK(works.refusal.detail ==
          "Cannot report progress on a promised work: only a lead unit may.");
    works.bring_under_way();
    CHECK(works.give(works.county, "report_progress") == "forbidden");
    CHECK(works.refusal.detail ==
          "Cannot report progress on promised work w1: only its lead unit may.");
    CHECK(works.report(50) == "");
    CHECK(works.report(40) == "percent_shrinks");
    CHECK(works.refusal.detail == "Cannot report progress on promised work w1: less is done than "
                                  "was reported before.");
    CHECK(works.report(400) == "invalid_fields");
    CHECK(works.refusal.detail == "Cannot report progress on promised work w1: some fields are "
                                  "missing or not valid.");
    CHECK(works.give(works.county, "resume") == "not_permitted_in_state");
    CHECK(works.refusal.detail ==
          "Cannot resume promised work w1: it is in the state \"under way\".");
    CHECK(
        works.refusal.help.starts_with("Choose a command that is possible now: report progress, "));
    CHECK(works.give(works.county, "dance") == "unknown_command");
    CHECK(works.refusal.detail == "There is no command \"dance\" in the workflow \"works\".");
}
