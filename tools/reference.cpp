// Writes docs/reference/<workflow>.md for every workflow, from its table and its policy: the
// diagram, the states, the commands with their forms, who may give which command where. And
// docs/reference/openapi.json, from the route table.
//   banjie_reference DIRECTORY

#include "api/description/openapi.hpp"
#include "engine/rules/rulebook.hpp"
#include "workflows/contract/workflow.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace banjie;
using workflows::Policy;
using workflows::Workflow;

namespace {

std::string label(Policy const& policy, std::string const& key) {
    auto const found = policy.labels.find(key);
    return found == policy.labels.end() ? "" : found->second.zh + " · " + found->second.en;
}

void write_states(std::ostream& out, Workflow const& workflow, Policy const& policy) {
    out << "## States\n\n| state | | stage | clock | ends |\n|---|---|---|---|---|\n";
    for (auto const& state : workflow.states()) {
        if (state.name == "new") continue;
        out << "| `" << state.name << "` | " << label(policy, "state." + std::string(state.name))
            << " | " << (state.region == 0 ? state.stage : "beside") << " | " << state.clock
            << " | " << (state.final ? "yes" : "") << " |\n";
    }
}

void write_commands(std::ostream& out, Workflow const& workflow, Policy const& policy) {
    out << "\n## Commands\n";
    for (auto const& command : workflow.commands()) {
        if (command.internal) continue;
        out << "\n### `" << command.name << "` → `" << command.event << "`\n\n"
            << label(policy, "command." + std::string(command.name)) << "\n\n";
        if (command.form.empty())
            out << "No fields.\n";
        else
            out << "| field | | kind | required | choices |\n|---|---|---|---|---|\n";
        for (auto const& field : command.form) {
            out << "| `" << field.name << "` | "
                << label(policy, "field." + std::string(field.name)) << " | "
                << workflows::name_of(field.kind) << " | " << (field.required ? "yes" : "")
                << " | ";
            for (auto const& choice : field.choices) out << '`' << choice << "` ";
            out << "|\n";
        }
    }
}

void write_rows(std::ostream& out, Workflow const& workflow) {
    out << "\n## Who may do what, and where it leads\n\n"
           "| from | command | to | who | if | does |\n|---|---|---|---|---|---|\n";
    for (auto const& row : workflow.rows()) {
        out << "| `" << row.source << "` | `" << row.command << "` | `" << row.target << "` | "
            << row.role << " | " << row.guard << " | " << row.action << " |\n";
    }
}

void write_policy(std::ostream& out, Policy const& policy) {
    out << "\n## Policy\n\nAs built in; an administrator may change it.\n\n"
           "| working days | |\n|---|---|\n";
    for (auto const& [clock, days] : policy.working_days) {
        out << "| `" << clock << "` | " << days << " |\n";
    }
    out << "\n| limit | |\n|---|---|\n";
    for (auto const& [name, number] : policy.limits)
        out << "| `" << name << "` | " << number << " |\n";
}

std::string page_of(Workflow const& workflow, Policy const& policy) {
    std::ostringstream out;
    out << "<!-- Written by tools/reference.cpp from the workflow's table: change that, not this. "
           "-->\n"
        << "# The workflow `" << workflow.name() << "`\n\n"
        << label(policy, "workflow") << "\n\n```mermaid\n"
        << workflow.mermaid() << "```\n\n";
    write_states(out, workflow, policy);
    write_commands(out, workflow, policy);
    write_rows(out, workflow);
    write_policy(out, policy);
    return out.str();
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("Expected one argument, the directory to write to: banjie_reference DIRECTORY\n",
                   stderr);
        return 2;
    }
    engine::Rulebook const rulebook;
    auto const rules = rulebook.rules();
    std::filesystem::create_directories(arguments[1]);
    std::filesystem::path const directory(arguments[1]);
    for (auto const* workflow : workflows::all_workflows()) {
        auto const policy = rules->policies.find(workflow->name());
        std::ofstream file(directory / (std::string(workflow->name()) + ".md"));
        file << page_of(*workflow, policy->second);
        if (!file) return 1;
    }
    std::ofstream file(directory / "openapi.json");
    file << api::openapi_document(*rules).dump(1) << '\n';
    return file ? 0 : 1;
}
