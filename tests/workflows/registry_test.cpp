#include "workflows/contract/workflow.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace banjie::workflows;

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

TEST_CASE("each begins with one public command, which no other workflow begins with") {
    std::set<std::string_view> begun;
    for (auto const* workflow : all_workflows()) {
        auto const all = workflow->commands();
        auto const creates = [](CommandInfo const& command) {
            return command.creates && !command.internal;
        };
        CHECK(std::count_if(all.begin(), all.end(), creates) == 1);
        CHECK(begun.insert(std::find_if(all.begin(), all.end(), creates)->name).second);
    }
}

TEST_CASE("each has an end, and a diagram that begins and ends") {
    for (auto const* workflow : all_workflows()) {
        auto const diagram = workflow->mermaid();
        CHECK(diagram.starts_with("stateDiagram-v2\n  [*] --> "));
        CHECK(diagram.find(" --> [*]\n") != std::string::npos);
        for (auto const& state : workflow->states())
            if (state.region == 0 && state.name != "new") CHECK_FALSE(state.stage.empty());
    }
}
