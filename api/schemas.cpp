#include "api/schemas.hpp"

#include "api/resources/users_api.hpp"

namespace banjie::api {

using engine::FieldKind;
using engine::FieldSpec;
using engine::Policy;
using engine::Workflow;
using nlohmann::json;

namespace {

json typed(char const* type) {
    return {{"type", type}};
}

json const text = typed("string");
json const integer = typed("integer");
json const boolean = typed("boolean");
json const moment = {{"type", "string"}, {"format", "date-time"}};
json const date = {{"type", "string"}, {"format", "date"}};
json const cursor_or_null = {{"type", {"string", "null"}}};

json list_of(json items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}

json map_of(json values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

json one_of(auto const& names) {
    json schema = text;
    schema["enum"] = names;
    return schema;
}

json always(char const* value) {
    json schema = text;
    schema["const"] = value;
    return schema;
}

json schema(char const* name) {
    return reference_to("schemas", name);
}

/// An object that always has the first properties, and sometimes the others.
json object(json properties, json const& optional = json::object()) {
    json required = json::array();
    for (auto const& [name, value] : properties.items()) required.push_back(name);
    properties.update(optional);
    json object = {{"type", "object"}, {"additionalProperties", false}};
    object["properties"] = std::move(properties);
    if (!required.empty()) object["required"] = std::move(required);
    return object;
}

json page_of(char const* items) {
    return object({{"items", list_of(schema(items))}, {"next_cursor", cursor_or_null}});
}

json field_kinds() {
    json names = json::array();
    for (int kind = 0; kind <= static_cast<int>(FieldKind::instances); ++kind)
        names.push_back(name_of(static_cast<FieldKind>(kind)));
    return names;
}

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

void add_commands_and_events(json& schemas) {
    schemas["FormField"] =
        object({{"name", text}, {"kind", one_of(field_kinds())}, {"required", boolean}},
               {{"choices", list_of(text)},
                {"choice_labels", map_of(text)},
                {"maximum", integer},
                {"label", text}});
    json const form = list_of(schema("FormField"));
    schemas["Permissions"] = object(
        {{"permitted", list_of(object({{"command", text}, {"form", form}}, {{"label", text}}))},
         {"refused", list_of(object({{"command", text}, {"code", text}, {"detail", text}},
                                    {{"help", text}, {"label", text}}))}});
    schemas["BulkResult"] = object(
        {{"items",
          list_of(object({{"id", text}, {"status", integer}},
                         {{"version", integer}, {"state", text}, {"problem", schema("Refusal")}}))},
         {"done", integer},
         {"refused", integer}});
    json facts = {{"type", {"string", "integer", "boolean", "array", "null"}}, {"items", text}};
    json const event = {{"subject", text},
                        {"workflow", text},
                        {"version", integer},
                        {"type", text},
                        {"command", text},
                        {"at", moment},
                        {"actor", text},
                        {"actor_name", text},
                        {"organisation", text},
                        {"fields", map_of(facts)},
                        {"changes", map_of(facts)},
                        {"states", list_of(text)}};
    json const wake = object({{"at", moment}, {"command", text}});
    auto recorded = event;
    recorded["seq"] = integer;
    schemas["Recorded"] = object(std::move(recorded), {{"wake", wake}});
    schemas["RecordedPage"] = page_of("Recorded");
    schemas["Event"] = object(event, {{"wake", wake}, {"kind", text}});
    schemas["CloudEvent"] = object({{"specversion", always("1.0")},
                                    {"id", text},
                                    {"source", text},
                                    {"type", text},
                                    {"subject", text},
                                    {"datacontenttype", text},
                                    {"cursor", text},
                                    {"data", schema("Event")}},
                                   {{"time", moment}});
    schemas["EventPage"] =
        object({{"items", list_of(schema("CloudEvent"))}, {"next_cursor", text}});
}

void add_people(json& schemas) {
    json const user = {{"name", text},         {"display_name", text},
                       {"organisation", text}, {"roles", list_of(one_of(users::role_choices))},
                       {"active", boolean},    {"version", integer}};
    json const named = {{"organisation_name", text}};
    schemas["User"] = object(user, named);
    schemas["UserPage"] = page_of("User");
    auto me = user;
    me["region"] = text;
    me["level"] = one_of(engine::level_names);
    schemas["Me"] = object(std::move(me), {{"organisation_name", text}, {"csrf_token", text}});
    schemas["Session"] = object({{"expires_at", moment}, {"user", schema("User")}},
                                {{"token", text}, {"csrf_token", text}});
    schemas["Organisation"] = object({{"code", text},
                                      {"name", text},
                                      {"parent", text},
                                      {"region", text},
                                      {"level", one_of(engine::level_names)},
                                      {"department", boolean},
                                      {"active", boolean},
                                      {"version", integer}});
    schemas["OrganisationPage"] =
        object({{"items", list_of(schema("Organisation"))}, {"total", integer}});
    schemas["ImportResult"] = object({{"changed", integer}});
}

void add_services(json& schemas) {
    schemas["Settings"] = typed("object");
    json const key = {
        {"id", text},
        {"name", text},
        {"organisation", text},
        {"roles", list_of(one_of(users::role_choices))},
        {"created_by", text},
        {"created_at", moment},
        {"expires_at", moment},
        {"last_used_on",
         {{"anyOf", {{{"type", "string"}, {"format", "date"}}, {{"type", "null"}}}}}}};
    schemas["ApiKey"] = object(key);
    schemas["ApiKeyPage"] = object({{"items", list_of(schema("ApiKey"))}});
    auto made = key;
    made["secret"] = text;
    schemas["MadeApiKey"] = object(std::move(made));
    schemas["Notification"] = object({{"id", text},
                                      {"at", moment},
                                      {"kind", text},
                                      {"instance", text},
                                      {"workflow", text},
                                      {"title", text},
                                      {"by", text},
                                      {"text", text},
                                      {"read", boolean}});
    schemas["NotificationPage"] = object({{"items", list_of(schema("Notification"))},
                                          {"unread", integer},
                                          {"next_cursor", cursor_or_null}});
    schemas["Unread"] = object({{"unread", integer}});
    schemas["AuditEntry"] = object({{"seq", integer},
                                    {"at", moment},
                                    {"event", text},
                                    {"kind", text},
                                    {"subject", text},
                                    {"actor", text},
                                    {"actor_name", text},
                                    {"organisation", text},
                                    {"fields", typed("object")}});
    schemas["AuditPage"] = page_of("AuditEntry");
    schemas["SimilarPage"] =
        object({{"items", list_of(object({{"id", text},
                                          {"title", text},
                                          {"state", text},
                                          {"region", text},
                                          {"similarity", typed("number")}}))}});
}

void add_rules(json& schemas) {
    schemas["CalendarYears"] = object({{"years", list_of(integer)}});
    schemas["CalendarYear"] = object(
        {{"year", integer}, {"holidays", list_of(date)}, {"makeup_workdays", list_of(date)}});
    schemas["WorkingDays"] =
        object({{"from", date}, {"days", integer}, {"day", date}, {"is_provisional", boolean}});
    json const brief = {{"name", text}, {"collection", text}};
    schemas["WorkflowPage"] = object({{"items", list_of(object(brief, {{"label", text}}))}});
    schemas["Policy"] = object({{"workflow", text},
                                {"working_days", map_of(integer)},
                                {"limits", map_of(integer)},
                                {"vocabularies", map_of(list_of(text))},
                                {"labels", map_of(object({{"zh", text}, {"en", text}}))},
                                {"notify", list_of(object({{"event", text}, {"to", list_of(text)}},
                                                          {{"zh", text}, {"en", text}}))}});
    auto whole = brief;
    whole["states"] = list_of(object({{"name", text}, {"region", integer}, {"final", boolean}},
                                     {{"stage", text}, {"clock", text}, {"label", text}}));
    whole["rows"] =
        list_of(object({{"source", text}, {"command", text}, {"target", text}, {"by", text}},
                       {{"do", text}, {"if", text}}));
    whole["commands"] = list_of(object({{"command", text},
                                        {"event", text},
                                        {"creates", boolean},
                                        {"form", list_of(schema("FormField"))}},
                                       {{"label", text}}));
    whole["permissions"] = map_of(map_of(list_of(text)));
    whole["mermaid"] = text;
    whole["policy"] = schema("Policy");
    json const change = object({{"op", text}, {"path", text}}, {{"value", json::object()}});
    schemas["Workflow"] = object(std::move(whole), {{"label", text}, {"changes", list_of(change)}});
}

void add_figures(json& schemas) {
    json const rate =
        object({{"part", integer}, {"whole", integer}, {"rate", {{"type", {"number", "null"}}}}});
    json const group = {{"key", text}, {"total", integer}};
    json const named = {{"name", text}};
    auto summary = group;
    for (auto const* counts : {"by_stage", "by_state", "by_light"})
        summary[counts] = map_of(integer);
    json trend = {{"from", date}, {"until", date}};
    for (auto const* count : {"reported", "assigned", "overdue", "closed"}) trend[count] = integer;
    for (auto const* name : {"on_time_rate", "resolution_rate", "satisfaction_rate", "rework_rate"})
        summary[name] = trend[name] = schema("Rate");
    schemas["Rate"] = rate;
    schemas["Summary"] = object({{"groups", list_of(object(std::move(summary), named))}});
    schemas["Trend"] = object(
        {{"by", one_of(json{"month", "week"})}, {"periods", list_of(object(std::move(trend)))}});
    auto funnel = group;
    funnel["stages"] = list_of(object({{"stage", text}, {"count", integer}}));
    schemas["Funnel"] = object({{"groups", list_of(object(std::move(funnel), named))}});
}

void add_attachments(json& schemas) {
    schemas["Attachment"] = object({{"id", text},
                                    {"name", text},
                                    {"purpose", text},
                                    {"content_type", text},
                                    {"size_bytes", integer},
                                    {"sha256", text},
                                    {"uploaded_at", moment},
                                    {"uploaded_by", text},
                                    {"uploaded_by_name", text}});
    schemas["AttachmentPage"] = object({{"items", list_of(schema("Attachment"))}});
}

void add_operations(json& schemas) {
    schemas["BackupWritten"] = object({{"last_seq", integer}});
    schemas["BackupPage"] = object(
        {{"items",
          list_of(object({{"number", integer}, {"written_at", moment}, {"size_bytes", integer}}))},
         {"enabled", boolean}});
    schemas["Health"] = object({{"status", always("alive")}});
    schemas["Readiness"] = object({{"status", text}, {"accepts_writes", boolean}},
                                  {{"last_seq", integer}, {"queued", integer}});
    schemas["Description"] = typed("object");
    json const error = object({{"field", text}, {"code", text}, {"detail", text}});
    schemas["Refusal"] = object(
        {{"type", text}, {"title", text}, {"status", integer}, {"detail", text}, {"code", text}},
        {{"help", text}, {"errors", list_of(error)}});
}

} // namespace

json reference_to(std::string_view kind, std::string_view name) {
    return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

json field_schema(FieldSpec const& field, Policy const* policy) {
    switch (field.kind) {
    case FieldKind::texts:
    case FieldKind::units:
    case FieldKind::instances:
        return list_of(text);
    case FieldKind::boolean:
        return boolean;
    case FieldKind::integer:
        return integer;
    case FieldKind::time:
        return moment;
    default:
        break;
    }
    json schema = text;
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

json answer_schemas() {
    json schemas = json::object();
    for (Workflow const* workflow : engine::all_workflows()) add_instances(schemas, *workflow);
    add_commands_and_events(schemas);
    add_attachments(schemas);
    add_people(schemas);
    add_services(schemas);
    add_rules(schemas);
    add_figures(schemas);
    add_operations(schemas);
    return schemas;
}

} // namespace banjie::api
