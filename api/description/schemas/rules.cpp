#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

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

} // namespace banjie::api::schemas
