#include "tests/workflows/mistakes/sound.hpp"
#include "workflows/kit/derived.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;
using kit::commands_v, kit::facts_v, kit::rows_v, kit::states_v;
using works::Definition;

namespace {

template <class All>
auto const& named(All const& all, std::string_view name) {
    return *std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.name == name; });
}

} // namespace

TEST_CASE("states know their region, stage, clocks, and whether they are an end or private") {
    auto const& all = states_v<Definition>;
    CHECK(named(all, "under_way").stage == "deliver");
    CHECK(named(all, "under_way").clock == "report,deliver");
    CHECK(named(all, "under_way").region == 0);
    CHECK_FALSE(named(all, "under_way").final);
    CHECK(named(all, "verified").final);
    CHECK(named(all, "proposed").is_private);
    CHECK(named(all, "overdue").region == 1);
}

TEST_CASE("commands know their form, whether they create, and what they demand") {
    auto const& all = commands_v<Definition>;
    CHECK(named(all, "plan").creates);
    CHECK_FALSE(named(all, "approve").creates);
    CHECK(named(all, "remind").internal);
    CHECK(named(all, "plan").form.size() == 4);
    CHECK(named(all, "plan").form[2].required);
    CHECK_FALSE(named(all, "plan").form[3].required);
    CHECK(named(all, "raise_problem").demands.size() == 1);
    CHECK(named(all, "raise_problem").demands[0].workflow == "problem");
}

TEST_CASE("facts follow from what actions write, and are required if every creation sets them") {
    auto const& all = facts_v<Definition>;
    for (auto const* name : {"title", "region", "year", "planning_unit", "level"})
        CHECK(named(all, name).required);
    for (auto const* name : {"cost", "lead_unit", "became", "report_due_at", "deliver_days_left",
                             "due_at", "overdue_at", "suspended_until"})
        CHECK_FALSE(named(all, name).required);
    CHECK(named(all, "outcome").choices.size() == 2);
    CHECK(named(all, "percent").maximum == 100);
    auto const is_reason = [](FieldSpec const& fact) { return fact.name == "reason"; };
    CHECK(std::none_of(all.begin(), all.end(), is_reason));
}

TEST_CASE("the policy has to define the clocks and caps that the table uses") {
    using Names = std::vector<std::string_view>;
    auto const& clocks = kit::clocks_v<Definition>;
    CHECK(Names(clocks.begin(), clocks.end()) == Names{"report", "deliver", "due_soon"});
    auto const& limits = kit::names_v<kit::Derived<Definition>::limits>;
    CHECK(Names(limits.begin(), limits.end()) == Names{"returns"});
}

TEST_CASE("rows name their parts") {
    for (auto const& row : rows_v<Definition>) {
        if (row.command == "verify" && row.target == "under_way") {
            CHECK(row.guard == "returns_are_left");
            CHECK(row.action == "keep(outcome, findings) and record_inspector and "
                                "count(return_count)");
            CHECK(row.role == "inspector or coordinator");
        }
        if (row.command == "remind") CHECK(row.role == "system");
    }
}

TEST_CASE("the diagram shows the main region, from begin to end") {
    auto const diagram = kit::mermaid_of(states_v<Definition>, rows_v<Definition>);
    CHECK(diagram.starts_with("stateDiagram-v2\n  [*] --> proposed : plan\n"));
    CHECK(diagram.find("  verified --> [*]\n") != std::string::npos);
    CHECK(diagram.find("overdue") == std::string::npos);
    CHECK(diagram.find("report_progress") == std::string::npos);
}
