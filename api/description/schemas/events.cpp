#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

using engine::FieldKind;

namespace {

json field_kinds() {
    json names = json::array();
    for (int kind = 0; kind <= static_cast<int>(FieldKind::personal); ++kind)
        names.push_back(name_of(static_cast<FieldKind>(kind)));
    return names;
}

} // namespace

void add_commands_and_events(json& schemas) {
    schemas["FieldKind"] = one_of(field_kinds());
    schemas["FormField"] =
        object({{"name", text}, {"kind", schema("FieldKind")}, {"required", boolean}},
               {{"choices", list_of(text)},
                {"choice_labels", map_of(text)},
                {"maximum", integer},
                {"workflow", text},
                {"label", text}});
    json const form = list_of(schema("FormField"));
    schemas["Permissions"] = object(
        {{"permitted", list_of(object({{"command", text}, {"form", form}}, {{"label", text}}))},
         {"refused", list_of(object({{"command", text}, {"code", text}, {"detail", text}},
                                    {{"help", text}, {"label", text}}))}});
    schemas["BulkResult"] = object(
        {{"items",
          list_of(object({{"id", text}, {"status", integer}},
                         {{"version", integer}, {"state", text}, {"refusal", schema("Refusal")}}))},
         {"done", integer},
         {"refused", integer}});
    schemas["PersonalValues"] = object({{"values", map_of(text)}});
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
    schemas["Recorded"] = object(std::move(recorded), {{"wake", wake}, {"number", text}});
    schemas["RecordedPage"] = page_of("Recorded");
    schemas["Event"] = object(
        event,
        {{"wake", wake}, {"number", text}, {"key", integer}, {"kind", text}, {"address", text}});
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

} // namespace banjie::api::schemas
