#include "workflows/consultation.hpp"
#include "workflows/inspection_lead.hpp"
#include "workflows/problem.hpp"
#include "workflows/round.hpp"

#include <array>

namespace banjie::workflows {

std::span<Workflow const* const> all_workflows() {
    static std::array<Workflow const*, 4> const all{
        &problem(),
        &round(),
        &consultation(),
        &inspection_lead(),
    };
    return all;
}

Workflow const* find_workflow(std::string_view name) {
    for (auto const* workflow : all_workflows())
        if (workflow->name() == name) return workflow;
    return nullptr;
}

} // namespace banjie::workflows
