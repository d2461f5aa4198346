#include "api/description/schemas/nouns.hpp"
#include "api/description/schemas/words.hpp"

namespace banjie::api::schemas {

void add_figures(json& schemas, engine::Rules const& rules) {
    schemas["Rate"] =
        object({{"part", integer}, {"whole", integer}, {"rate", {{"type", {"number", "null"}}}}});
    json const group = {{"key", text}, {"total", integer}};
    json const named = {{"name", text}};
    auto summary = group;
    for (auto const* counts : {"by_stage", "by_state"}) summary[counts] = map_of(integer);
    json const period = {{"from", date}, {"until", date}};
    // The workflow of the query decides which of these occur.
    json in_summary = named, in_period = json::object();
    in_summary["sums"] = map_of(integer);
    for (auto const& [workflow, declaration] : rules.workflows) {
        auto const facets = workflow->facets();
        if (auto const beside = workflow->regions_beside(); !beside.empty())
            in_summary["by_" + std::string(beside.front())] = map_of(integer);
        for (auto const& moment : facets.moments) in_period[std::string(moment.name)] = integer;
        for (auto const& rate : facets.rates)
            in_summary[std::string(rate.name)] = in_period[std::string(rate.name)] = schema("Rate");
    }
    schemas["Summary"] = object({{"groups", list_of(object(std::move(summary), in_summary))}});
    schemas["Trend"] = object(
        {{"by", one_of(json{"month", "week"})}, {"periods", list_of(object(period, in_period))}});
    auto funnel = group;
    funnel["stages"] = list_of(object({{"stage", text}, {"count", integer}}));
    schemas["Funnel"] = object({{"groups", list_of(object(std::move(funnel), named))}});
}

} // namespace banjie::api::schemas
