#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

#include <algorithm>

namespace banjie::api::schemas {

using engine::FieldSpec;
using engine::Workflow;

namespace {

/// A fact means what the field of that name and kind means; its choices may have changed since.
json fact_schema(Workflow const& workflow, FieldSpec fact) {
    for (auto const& command : workflow.commands())
        for (auto const& field : command.form)
            if (field.name == fact.name && field.kind == fact.kind && fact.choices.empty())
                fact.choices = field.choices;
    return field_schema(fact, nullptr);
}

/// The names of the states of one region of the machine, and of their stages.
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
    static constexpr char const* beside[] = {"light", "supervision"};
    for (int region = 1; region <= 2; ++region)
        if (auto const names = states_of(workflow, region).first; !names["enum"].empty())
            properties[beside[region - 1]] = names;
    for (auto const& fact : workflow.facts())
        (fact.required ? properties : optional)[std::string(fact.name)] =
            fact_schema(workflow, fact);
    return object(std::move(properties), optional);
}

} // namespace

void add_instances(json& schemas, Workflow const& workflow) {
    auto const name = schema_name(workflow);
    auto const instance = instance_schema(workflow);
    auto detail = instance;
    detail["properties"]["commands"] = schema("Permissions");
    detail["required"].push_back("commands");
    auto summary = instance;
    summary["properties"].erase("description");
    auto& required = summary["required"];
    required.erase(std::remove(required.begin(), required.end(), "description"), required.end());
    schemas[name] = instance;
    schemas[name + "Detail"] = std::move(detail);
    schemas[name + "Summary"] = std::move(summary);
    schemas[name + "Page"] = object({{"items", list_of(schema((name + "Summary").c_str()))},
                                     {"next_cursor", cursor_or_null},
                                     {"total", integer}});
}

} // namespace banjie::api::schemas
