#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

namespace {

/// Adds the declarations of a workflow beside its table.
void add_declared(json& whole) {
    json const name = {{"name", text}}, label = {{"label", text}};
    auto const named = [&](json more, json optional = json::object()) {
        more.update(name);
        optional.update(label);
        return list_of(object(std::move(more), optional));
    };
    whole["title_fact"] = text;
    whole["facets"] =
        object({{"tags", named({{"kind", schema("FieldKind")}, {"handles", boolean}})},
                {"marks", named(json::object())},
                {"moments", named(json::object())},
                {"numbers", named({{"decimals", integer}}, {{"unit", text}})},
                {"rates", named({{"part", text}, {"whole", text}, {"moment", text}})}});
    whole["facts"] = named({{"kind", schema("FieldKind")}}, {{"group", text}, {"workflow", text}});
    whole["parties"] = named(json::object());
    whole["attachments"] = named(json::object());
    whole["numbering"] = object({{"by", text}});
    whole["regions"] = list_of(object({{"name", text}, {"states", list_of(text)}}));
    whole["links"] = map_of(text);
    whole["private_states"] = list_of(text);
    whole["creating"] = {
        {"anyOf",
         {{{"type", "null"}},
          object(
              {{"command", text}, {"form", list_of(schema("FormField"))}, {"permitted", boolean}},
              label)}}};
    whole["editing"] = {{"type", {"string", "null"}}};
}

} // namespace

void add_rules(json& schemas) {
    schemas["CalendarYears"] = object({{"years", list_of(integer)}});
    schemas["CalendarYear"] = object(
        {{"year", integer}, {"holidays", list_of(date)}, {"makeup_workdays", list_of(date)}});
    schemas["WorkingDays"] =
        object({{"from", date}, {"days", integer}, {"day", date}, {"is_provisional", boolean}});
    json const brief = {{"name", text}, {"collection", text}};
    auto listed = brief;
    listed["visible"] = integer;
    listed["creating"] = {
        {"anyOf", {{{"type", "null"}}, object({{"command", text}, {"permitted", boolean}})}}};
    schemas["WorkflowPage"] = object({{"items", list_of(object(listed, {{"label", text}}))}});
    schemas["Policy"] = object(
        {{"workflow", text},
         {"working_days", map_of(integer)},
         {"limits", map_of(integer)},
         {"vocabularies", map_of(list_of(text))},
         {"labels", map_of(object({{"zh", text}, {"en", text}}))},
         {"groups",
          list_of(object({{"name", text}, {"zh", text}, {"en", text}, {"facts", list_of(text)}}))},
         {"apart",
          list_of(object(
              {{"first", list_of(text)}, {"then", list_of(text)}, {"except", list_of(text)}}))},
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
    add_declared(whole);
    json const change = object({{"op", text}, {"path", text}}, {{"value", json::object()}});
    schemas["Workflow"] = object(std::move(whole), {{"label", text}, {"changes", list_of(change)}});
}

} // namespace banjie::api::schemas
