#include "api/description/schemas.hpp"

#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api {

using engine::FieldKind;
using engine::FieldSpec;
using engine::Policy;
using engine::Workflow;
using nlohmann::json;

json reference_to(std::string_view kind, std::string_view name) {
    return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

json field_schema(FieldSpec const& field, Policy const* policy) {
    switch (field.kind) {
    case FieldKind::texts:
    case FieldKind::units:
    case FieldKind::instances:
        return schemas::list_of(schemas::text);
    case FieldKind::boolean:
        return schemas::boolean;
    case FieldKind::integer:
        return schemas::integer;
    case FieldKind::time:
        return schemas::moment;
    default:
        break;
    }
    json schema = schemas::text;
    if (field.maximum > 0) schema["maxLength"] = field.maximum;
    if (!field.choices.empty()) schema["enum"] = field.choices;
    if (field.kind == FieldKind::category && policy != nullptr) {
        auto const found = policy->vocabularies.find("category");
        if (found != policy->vocabularies.end()) schema["enum"] = found->second;
    }
    return schema;
}

std::string schema_name(Workflow const& workflow) {
    std::string name;
    bool starts_word = true;
    for (char const letter : workflow.name()) {
        if (letter != '_') name += starts_word ? static_cast<char>(letter - 'a' + 'A') : letter;
        starts_word = letter == '_';
    }
    return name;
}

json answer_schemas(engine::Rules const& rules) {
    json all = json::object();
    for (auto const& [workflow, declaration] : rules.workflows)
        schemas::add_instances(all, *workflow);
    schemas::add_work(all, rules);
    schemas::add_figures(all, rules);
    for (auto const add :
         {schemas::add_commands_and_events, schemas::add_attachments, schemas::add_people,
          schemas::add_services, schemas::add_rules, schemas::add_operations})
        add(all);
    return all;
}

} // namespace banjie::api
