#include "workflows/problem.hpp"

#include <array>

namespace banjie::workflows {

std::span<Workflow const* const> all_workflows() {
    static std::array<Workflow const*, 1> const all{
        &problem(),
    };
    return all;
}

Workflow const* find_workflow(std::string_view name) {
    for (auto const* workflow : all_workflows())
        if (workflow->name() == name) return workflow;
    return nullptr;
}

} // namespace banjie::workflows
