#include "workflows/problem.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace banjie::workflows;
using namespace std::chrono_literals;

namespace {

class FakeWorld final : public World {
public:
    std::optional<Unit> unit(std::string_view code) const override { return region(code); }
    std::optional<Unit> region(std::string_view code) const override {
        if (code.ends_with("nowhere")) return std::nullopt;
        auto const digits = code.substr(0, code.find('-'));
        auto const level = digits.size() == 2   ? Level::province
                           : digits.size() == 4 ? Level::city
                           : digits.size() == 6 ? Level::county
                                                : Level::township;
        return Unit{std::string(code), std::string(digits), level, digits != code};
    }
    std::shared_ptr<Instance const> instance_at_hand(std::string_view,
                                                     std::string_view id) const override {
        if (id != "round-4") return nullptr;
        Instance round;
        round.states = {"collecting"};
        return std::make_shared<Instance>(std::move(round));
    }
    std::optional<Related> instance(std::string_view id) const override {
        auto const found = others.find(std::string(id));
        return found == others.end() ? std::nullopt : std::optional(found->second);
    }
    std::int64_t unfinished(std::string_view, std::string_view, std::string_view) const override {
        return 0;
    }
    std::map<std::string, Related> others;
};

Actor actor(Role role, std::string organisation) {
    FakeWorld const world;
    auto const unit = *world.region(organisation);
    return {.user = std::string(name_of(role)),
            .display_name = {},
            .roles = {role},
            .organisation = organisation,
            .region = unit.region,
            .level = unit.level,
            .of_department = unit.department};
}

/// One problem of the county, driven by whoever is named.
struct Desk {
    FakeWorld world;
    Policy policy{.workflow = "problem",
                  .working_days = {{"screen", 5},
                                   {"supplement", 5},
                                   {"acknowledge", 1},
                                   {"decline", 2},
                                   {"handle", 15},
                                   {"visit", 5},
                                   {"due_soon", 3}},
                  .limits = {{"declines", 2},
                             {"extensions", 1},
                             {"extension_days", 10},
                             {"look_back_days", 180},
                             {"circulate_after", 5}},
                  .vocabularies = {{"category", {"transport"}}},
                  .labels = {},
                  .notify = {}};
    Calendar calendar;
    Time now{std::chrono::sys_days{std::chrono::year{2021} / 3 / 1} + 1h};
    Instance problem_instance = problem().fresh("p1", now);
    std::vector<Consequence> consequences;

    Actor township = actor(Role::reporter, "360731100");
    Actor county = actor(Role::coordinator, "360731");
    Actor unit = actor(Role::handler, "360731-transport");
    Actor helper = actor(Role::handler, "360731-finance");
    Actor visitor = actor(Role::visitor, "36-follow-up");

    /// The refusal's code; empty when it was done.
    std::string give(Actor const& by, std::string_view command, Fields const& fields = {}) {
        Context const context{by, now, policy, calendar, world};
        auto decision = problem().decide(problem_instance, command, fields, context);
        if (decision.refusal) return std::string(decision.refusal->code);
        decision.event.at = now;
        apply(problem_instance, decision.event);
        consequences = decision.consequences;
        return "";
    }
    std::string state() const { return problem_instance.states[0]; }
    std::string light() const { return problem_instance.states[1]; }

    static Fields with(std::initializer_list<std::pair<std::string_view, Value>> entries) {
        Fields fields;
        for (auto const& [name, value] : entries) fields.set(name, value);
        return fields;
    }
    static Fields text(std::string_view name, std::string value) {
        Fields fields;
        fields.set(name, std::move(value));
        return fields;
    }
    std::string report(bool submit = true) {
        return give(township, "report",
                    with({{"title", std::string("Bridge")},
                          {"description", std::string("It is closed.")},
                          {"category", std::string("transport")},
                          {"region", std::string("360731100")},
                          {"submit", submit}}));
    }
    void bring_to_handling(Texts const& helpers = {}) {
        REQUIRE(report() == "");
        REQUIRE(give(county, "accept") == "");
        auto fields = text("lead_unit", "360731-transport");
        if (!helpers.empty()) fields.set("co_handlers", helpers);
        REQUIRE(give(county, "assign", fields) == "");
        REQUIRE(give(unit, "acknowledge") == "");
    }
    std::string hand_in() {
        return give(unit, "submit_resolution",
                    with({{"result", std::string("solved")}, {"measures", std::string("Built.")}}));
    }
    std::string visit(std::string resolved, std::string accepted) {
        return give(visitor, "log_visit",
                    with({{"method", std::string("phone")},
                          {"thoroughly_resolved", std::move(resolved)},
                          {"accepted_by_grassroots", std::move(accepted)},
                          {"findings", std::string("Seen.")}}));
    }
};

} // namespace

TEST_CASE("a problem goes from report to close, and a failed visit sends it to rework") {
    Desk desk;
    desk.bring_to_handling();
    CHECK(desk.state() == "handling");
    CHECK(desk.give(desk.county, "close") == "not_permitted_in_state");
    CHECK(desk.hand_in() == "");
    CHECK(desk.give(desk.county, "approve_resolution") == "");
    CHECK(desk.give(desk.visitor, "conclude_visits") == "no_visit_logged");
    CHECK(desk.visit("partly", "dissatisfied") == "");
    CHECK(desk.give(desk.visitor, "conclude_visits") == "");
    CHECK(desk.state() == "handling");
    CHECK(desk.problem_instance.facts.number("rework_count") == 1);
    CHECK(desk.hand_in() == "");
    CHECK(desk.give(desk.county, "approve_resolution") == "");
    CHECK(desk.visit("yes", "mostly_satisfied") == "");
    CHECK(desk.give(desk.visitor, "conclude_visits") == "");
    CHECK(desk.state() == "awaiting_close");
    CHECK(desk.give(desk.county, "close") == "");
    CHECK(desk.state() == "closed");
    CHECK(desk.light() == "on_time");
    CHECK_FALSE(desk.problem_instance.facts.has("due_at"));
    CHECK(desk.give(desk.county, "reopen", Desk::text("reason", "Again")) == "");
    CHECK(desk.state() == "handling");
}

TEST_CASE("the light is a function of the clock") {
    Desk desk;
    desk.bring_to_handling();
    CHECK(desk.light() == "on_time");
    REQUIRE(desk.problem_instance.wake);
    CHECK(desk.give(system_actor(), "tick") == "due_is_not_near");
    desk.now = desk.problem_instance.wake->at;
    CHECK(desk.give(system_actor(), "tick") == "");
    CHECK(desk.light() == "due_soon");
    desk.now = desk.problem_instance.wake->at;
    CHECK(desk.give(system_actor(), "tick") == "");
    CHECK(desk.light() == "overdue");
    CHECK_FALSE(desk.problem_instance.wake);
    CHECK(desk.give(desk.unit, "tick") == "unknown_command");
}

TEST_CASE("a date within its day turns red at its moment, though the policy knows no yellow") {
    Desk desk;
    desk.policy.working_days["due_soon"] = 0;
    desk.report();
    CHECK(desk.give(desk.county, "accept") == "");
    auto fields = Desk::text("lead_unit", "360731-transport");
    fields.set("due_at", desk.now + 5h);
    CHECK(desk.give(desk.county, "assign", fields) == "");
    CHECK(desk.give(desk.unit, "acknowledge") == "");
    REQUIRE(desk.problem_instance.wake);
    CHECK(desk.problem_instance.wake->at == desk.now + 5h + 1ms);
    desk.now = desk.problem_instance.wake->at;
    CHECK(desk.give(system_actor(), "tick") == "");
    CHECK(desk.light() == "overdue");
}

TEST_CASE("the handling clock stands still while a problem is shelved") {
    Desk desk;
    desk.bring_to_handling();
    auto const province = actor(Role::coordinator, "36");
    auto fields = Desk::text("reason", "Policy");
    fields.set("review_at", desk.now + 24h * 30);
    CHECK(desk.give(desk.county, "shelve", fields) == "forbidden");
    CHECK(desk.give(province, "shelve", fields) == "");
    CHECK(desk.problem_instance.facts.number("handle_days_left") == 15);
    CHECK_FALSE(desk.problem_instance.facts.has("due_at"));
    desk.now += 24h * 365;
    CHECK(desk.give(system_actor(), "remind") == "");
    CHECK(desk.give(province, "resume") == "");
    CHECK(desk.problem_instance.facts.time("due_at") ==
          desk.calendar.add_working_days(desk.now, 15));
}

TEST_CASE("a resolution waits for the opinions of co-handlers, unless they are waived") {
    Desk desk;
    desk.bring_to_handling({"360731-finance", "360731-health"});
    CHECK(desk.hand_in() == "opinions_missing");
    CHECK(desk.give(desk.helper, "give_opinion", Desk::text("text", "Agreed")) == "");
    CHECK(desk.hand_in() == "opinions_missing");
    auto waiver = Desk::text("unit", "360731-health");
    waiver.set("reason", std::string("Not concerned"));
    CHECK(desk.give(desk.county, "waive_opinion", waiver) == "");
    CHECK(desk.hand_in() == "");
}

TEST_CASE("a unit may decline twice, and only in time") {
    Desk desk;
    REQUIRE(desk.report() == "");
    REQUIRE(desk.give(desk.county, "accept") == "");
    auto const assign = Desk::text("lead_unit", "360731-transport");
    for (int i = 0; i < 2; ++i) {
        CHECK(desk.give(desk.county, "assign", assign) == "");
        CHECK(desk.give(desk.unit, "decline", Desk::text("reason", "Not ours")) == "");
        CHECK(desk.state() == "awaiting_dispatch");
    }
    CHECK(desk.give(desk.county, "assign", assign) == "");
    CHECK(desk.give(desk.unit, "decline", Desk::text("reason", "x")) == "declined_too_often");
}

TEST_CASE("an extension moves the due date once, within its cap") {
    Desk desk;
    desk.bring_to_handling();
    auto const due = *desk.problem_instance.facts.time("due_at");
    auto ask = Desk::text("reason", "Rain");
    ask.set("until", desk.calendar.add_working_days(due, 11));
    CHECK(desk.give(desk.unit, "request_extension", ask) == "extension_too_long");
    ask.set("until", desk.calendar.add_working_days(due, 10));
    CHECK(desk.give(desk.county, "grant_extension") == "no_extension_asked");
    CHECK(desk.give(desk.unit, "request_extension", ask) == "");
    CHECK(desk.give(desk.unit, "request_extension", ask) == "extension_is_pending");
    CHECK(desk.give(desk.county, "grant_extension") == "");
    CHECK(desk.problem_instance.facts.time("due_at") == ask.time("until"));
    CHECK(desk.give(desk.unit, "request_extension", ask) == "extended_too_often");
}

TEST_CASE("a merged problem joins its main problem, and the main one tells it how it ended") {
    Desk desk;
    REQUIRE(desk.report() == "");
    CHECK(desk.give(desk.county, "merge", Desk::text("into", "p2")) == "unknown_main_problem");
    desk.world.others["p2"] = {"p2", "problem", "closed", "360731100", Level::county};
    CHECK(desk.give(desk.county, "merge", Desk::text("into", "p2")) == "main_problem_is_finished");
    desk.world.others["p2"].state = "handling";
    CHECK(desk.give(desk.county, "merge", Desk::text("into", "p2")) == "");
    REQUIRE(desk.consequences.size() == 1);
    CHECK(desk.consequences[0].command == "take_in");
    CHECK(desk.consequences[0].fields.text("from") == "p1");
}

TEST_CASE("what is reported badly is refused, each with its own code") {
    Desk desk;
    auto const base = Desk::with({{"title", std::string("Bridge")},
                                  {"description", std::string("Closed")},
                                  {"category", std::string("transport")},
                                  {"region", std::string("360731100")}});
    auto const with = [&](std::string_view name, Value value) {
        auto fields = base;
        fields.set(name, std::move(value));
        return desk.give(desk.township, "report", fields);
    };
    CHECK(with("title", std::string("  ")) == "invalid_fields");
    CHECK(with("colour", std::string("red")) == "invalid_fields");
    CHECK(with("category", std::string("weather")) == "unknown_category");
    CHECK(with("region", std::string("3607nowhere")) == "unknown_region");
    CHECK(with("region", std::string("360731101")) == "region_outside_jurisdiction");
    CHECK(with("round", std::int64_t{9}) == "unknown_round");
    CHECK(desk.give(desk.unit, "report", base) == "forbidden");
    CHECK(desk.problem_instance.version == 0);
}
