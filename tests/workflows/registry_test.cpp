#include "tests/workflows/added/registry.hpp"
#include "workflows/contract/workflow.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace banjie::workflows;
using testing::tested_workflow, testing::tested_workflows;

TEST_CASE("a workflow is found by its name, and by no other") {
    for (auto const* workflow : all_workflows()) CHECK(find_workflow(workflow->name()) == workflow);
    CHECK(find_workflow("problems") == nullptr);
    CHECK(find_workflow("") == nullptr);
}

TEST_CASE("the workflows of this build, in their order") {
    std::vector<std::string_view> names;
    for (auto const* workflow : all_workflows()) names.push_back(workflow->name());
    CHECK(names ==
          std::vector<std::string_view>{"problem", "round", "consultation", "inspection_lead"});
}

TEST_CASE("each begins with one public command") {
    for (auto const* workflow : tested_workflows()) {
        auto const all = workflow->commands();
        auto const creates = [](CommandInfo const& command) {
            return command.creates && !command.internal;
        };
        CHECK(std::count_if(all.begin(), all.end(), creates) == 1);
    }
}

TEST_CASE("each has an end, and a diagram that begins and ends") {
    for (auto const* workflow : tested_workflows()) {
        auto const diagram = workflow->mermaid();
        CHECK(diagram.starts_with("stateDiagram-v2\n  [*] --> "));
        CHECK(diagram.find(" --> [*]\n") != std::string::npos);
        for (auto const& state : workflow->states())
            if (state.region == 0 && state.name != "new") CHECK_FALSE(state.stage.empty());
    }
}

TEST_CASE("what a command brings about exists, and brings about nothing itself") {
    int demands = 0;
    for (auto const* workflow : tested_workflows()) {
        for (auto const& command : workflow->commands()) {
            for (auto const& demand : command.demands) {
                INFO(workflow->name(), ".", command.name, " demands ", demand.command);
                auto const* other = tested_workflow(demand.workflow);
                REQUIRE(other != nullptr);
                auto const* demanded = other->command(demand.command);
                REQUIRE(demanded != nullptr);
                CHECK(demanded->demands.empty());
                CHECK((demanded->internal || demanded->creates));
                ++demands;
            }
        }
    }
    CHECK(demands >= 5);
}

TEST_CASE("each says who sees it, in every state, and nobody sees what names no place") {
    for (auto const* workflow : tested_workflows()) {
        Instance instance = workflow->fresh("x", Time{});
        for (auto const& state : workflow->states()) {
            if (state.region != 0) continue;
            instance.states.front() = state.name;
            INFO(workflow->name(), " ", state.name);
            auto const places = workflow->seen_by(instance);
            bool const is_open = !places.empty() && places.front().sight == Sight::everybody;
            CHECK((places.empty() || (is_open && workflow->name() == "round")));
        }
    }
}

TEST_CASE("a declaration stays within its bounds, and has one meaning for each name") {
    for (auto const* workflow : tested_workflows()) {
        auto const facets = workflow->facets();
        CHECK(facets.tags.size() <= 16);
        CHECK(facets.marks.size() <= 64);
        CHECK(facets.moments.size() <= 8);
        std::vector<std::string_view> parties;
        for (auto const& party : workflow->parties()) {
            CHECK_FALSE(party.zh.empty());
            CHECK_FALSE(party.en.empty());
            CHECK(std::find(parties.begin(), parties.end(), party.name) == parties.end());
            parties.push_back(party.name);
        }
    }
}

TEST_CASE("every fact and field that holds ids says whose they are") {
    auto const holds_ids = [](FieldSpec const& one) {
        return one.kind == FieldKind::instance || one.kind == FieldKind::instances;
    };
    for (auto const* workflow : tested_workflows()) {
        auto const check = [&](FieldSpec const& one) {
            CAPTURE(one.name);
            CHECK(holds_ids(one) == !one.workflow.empty());
            CHECK((one.workflow.empty() || tested_workflow(one.workflow) != nullptr));
        };
        for (auto const& fact : workflow->facts()) check(fact);
        for (auto const& command : workflow->commands())
            for (auto const& field : command.form) check(field);
    }
}
