#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"
#include "api/shown/instance_json.hpp"

#include <algorithm>

namespace banjie::api::schemas {

using engine::FieldSpec;
using engine::Workflow;

namespace {

/// Returns the schema of a fact, with the choices of the field that has its name and kind. Ignores
/// the policy's vocabularies, which may have changed since the fact was stored.
json fact_schema(Workflow const& workflow, FieldSpec fact) {
    for (auto const& command : workflow.commands())
        for (auto const& field : command.form)
            if (field.name == fact.name && field.kind == fact.kind && fact.choices.empty())
                fact.choices = field.choices;
    return field_schema(fact, nullptr);
}

/// Returns the names of the states of one region of the machine, and of their stages.
std::pair<json, json> states_of(Workflow const& workflow, int region) {
    json states = json::array(), stages = json::array();
    for (auto const& state : workflow.states()) {
        if (state.region != region || state.name == "new") continue;
        states.push_back(state.name);
        if (std::find(stages.begin(), stages.end(), state.stage) == stages.end())
            stages.push_back(state.stage);
    }
    return {one_of(states), one_of(stages)};
}

json instance_schema(Workflow const& workflow) {
    auto [state, stage] = states_of(workflow, 0);
    json properties = {{"id", text},
                       {"workflow", always(std::string(workflow.name()).c_str())},
                       {"version", integer},
                       {"state", std::move(state)},
                       {"stage", std::move(stage)},
                       {"created_at", moment},
                       {"updated_at", moment}};
    json optional = {{"labels", map_of(text)}};
    if (workflow.numbering().key_fact.empty()) optional["number"] = text;
    int region = 0;
    for (auto const name : workflow.regions_beside())
        properties[std::string(name)] = states_of(workflow, ++region).first;
    for (auto const& fact : workflow.facts())
        (fact.required ? properties : optional)[std::string(fact.name)] =
            fact_schema(workflow, fact);
    return object(std::move(properties), optional);
}

void leave_out(json& object, std::string_view name) {
    object["properties"].erase(std::string(name));
    auto& required = object["required"];
    required.erase(std::remove(required.begin(), required.end(), name), required.end());
}

} // namespace

void add_instances(json& schemas, Workflow const& workflow) {
    auto const name = schema_name(workflow);
    auto const instance = instance_schema(workflow);
    auto detail = instance;
    detail["properties"]["commands"] = schema("Permissions");
    detail["required"].push_back("commands");
    detail["properties"]["personal"] = object({{"fields", list_of(text)}, {"readable", boolean}});
    auto summary = instance;
    leave_out(summary, left_out_of_rows(workflow));
    auto work = summary;
    work["properties"]["awaits"] = list_of(text);
    work["required"].push_back("awaits");
    schemas[name] = instance;
    schemas[name + "Detail"] = std::move(detail);
    schemas[name + "Summary"] = std::move(summary);
    schemas[name + "Work"] = std::move(work);
    schemas[name + "Page"] = object({{"items", list_of(schema((name + "Summary").c_str()))},
                                     {"next_cursor", cursor_or_null},
                                     {"total", integer}});
}

void add_work(json& schemas, engine::Rules const& rules) {
    json any = json::array();
    for (auto const& [workflow, declaration] : rules.workflows)
        any.push_back(schema((schema_name(*workflow) + "Work").c_str()));
    schemas["WorkPage"] = object({{"items", list_of({{"anyOf", std::move(any)}})},
                                  {"next_cursor", cursor_or_null},
                                  {"total", integer},
                                  {"by_workflow", map_of(integer)}});
}

} // namespace banjie::api::schemas
