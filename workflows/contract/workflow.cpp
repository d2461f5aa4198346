#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

CommandInfo const* Workflow::command(std::string_view name) const {
    for (auto const& command : commands())
        if (command.name == name) return &command;
    return nullptr;
}

StateInfo const* Workflow::state(std::string_view name) const {
    for (auto const& state : states())
        if (state.name == name) return &state;
    return nullptr;
}

std::string_view Workflow::title_fact() const {
    for (auto const& fact : facts())
        if (fact.kind == FieldKind::text) return fact.name;
    return {};
}

FieldSpec const* Workflow::personal_fact(std::string_view name) const {
    for (auto const& fact : facts())
        if (fact.kind == FieldKind::personal && fact.name == name) return &fact;
    return nullptr;
}

} // namespace banjie::workflows
