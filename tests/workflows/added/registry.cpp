#include "tests/workflows/added/registry.hpp"

#include "tests/workflows/added/suggestion.hpp"

#include <vector>

namespace banjie::workflows::testing {

std::span<Workflow const* const> tested_workflows() {
    static std::vector<Workflow const*> const all = [] {
        std::vector<Workflow const*> shipped(all_workflows().begin(), all_workflows().end());
        shipped.push_back(&suggestion());
        return shipped;
    }();
    return all;
}

Workflow const* tested_workflow(std::string_view name) {
    for (auto const* workflow : tested_workflows())
        if (workflow->name() == name) return workflow;
    return nullptr;
}

} // namespace banjie::workflows::testing
