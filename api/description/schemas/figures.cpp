#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

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

} // namespace banjie::api::schemas
