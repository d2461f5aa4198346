// Writes docs/reference/<workflow>.md for every workflow, from its table and its policy: the
// diagram, the states, the commands with their forms, who may give which command where. Also
// docs/reference/refusals.md, from the catalogue of codes, and docs/reference/openapi.json, from
// the route table.
//   banjie_reference DIRECTORY

#include "api/description/openapi.hpp"
#include "api/request/refusal_catalogue.hpp"
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

void write_codes(std::ostream& out, std::string_view title, auto const& fits) {
    out << "\n## " << title << "\n\n| code | status | meaning | what helps |\n|---|---|---|---|\n";
    for (auto const& entry : api::refusal_catalogue()) {
        if (!fits(entry)) continue;
        out << "| `" << entry.code.name << "` | "
            << (entry.status > 0 ? std::to_string(entry.status) : "") << " | "
            << entry.code.sentence << " | " << entry.code.help << " |\n";
    }
}

std::string refusals_page() {
    std::ostringstream out;
    out << "<!-- Written by tools/reference.cpp from the catalogue of codes: change that, not "
           "this. "
           "-->\n"
           "# Refusals\n\n"
           "A refused request is answered with a refusal document (RFC 9457): `code` is one of "
           "this\n"
           "page, `detail` says why in this case, `help` what to do, and `errors` "
           "lists\n"
           "the fields that are wrong, each with a code of its own. Codes are stable; details are "
           "not.\n"
           "\n"
           "Where several reasons apply, the first of these kinds is reported: not readable (400), "
           "not\n"
           "signed in (401), not allowed (403), not found (404), another version (412), fields "
           "that are\n"
           "not valid (422), not permitted now (409), too many (429), unavailable (503), no space\n"
           "(507). The status below is the usual one. A refusal of a consequence is always 409: "
           "it\n"
           "concerns another instance than the one in the request.\n";
    auto const of = [](std::string_view owner) {
        return [owner](auto const& entry) {
            return entry.owner == owner && entry.code.kind && !entry.at_start;
        };
    };
    write_codes(out, "Every workflow", of("workflows"));
    for (auto const* workflow : workflows::all_workflows()) {
        std::string const name(workflow->name());
        write_codes(out, "The workflow `" + name + "`", of(name));
    }
    write_codes(out, "Accounts, lists, attachments and the store", of("engine"));
    write_codes(out, "The request itself", of("api"));
    write_codes(out, "At one field, in `errors`",
                [](auto const& entry) { return !entry.code.kind; });
    write_codes(out, "At the start, written to the terminal",
                [](auto const& entry) { return entry.at_start; });
    return out.str();
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("Give the directory to write to: banjie_reference DIRECTORY\n", stderr);
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
    std::ofstream(directory / "refusals.md") << refusals_page();
    std::ofstream file(directory / "openapi.json");
    file << api::openapi_document(*rules).dump(1) << '\n';
    return file ? 0 : 1;
}
