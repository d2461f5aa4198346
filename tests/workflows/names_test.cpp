// Names are stored and spoken over the wire: they are for ever.

#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/pinned.hpp"
#include "workflows/contract/workflow.hpp"

#include <doctest/doctest.h>

using namespace banjie::workflows;

namespace {

std::string names_of(Workflow const& workflow) {
    std::string text = "# Names of " + std::string(workflow.name()) +
                       ". Stored for ever: add, but never change or remove one.\n";
    for (auto const& state : workflow.states())
        if (state.name != "new")
            text += "state " + std::string(state.name) + " (region " +
                    std::to_string(state.region) + ")\n";
    for (auto const& command : workflow.commands()) {
        text += "command " + std::string(command.name) + " makes " + std::string(command.event);
        for (auto const& field : command.form)
            text += ", " + std::string(field.name) + (field.required ? " " : "? ") +
                    std::string(name_of(field.kind));
        text += "\n";
        for (auto const& field : command.form)
            for (auto const choice : field.choices)
                text += "choice " + std::string(command.name) + "." + std::string(field.name) +
                        " " + std::string(choice) + "\n";
    }
    return text;
}

} // namespace

TEST_CASE("names of states, commands, events, fields and choices are as pinned") {
    for (auto const* workflow : testing::tested_workflows())
        testing::check_pinned("names/" + std::string(workflow->name()) + ".txt",
                              names_of(*workflow));
}
