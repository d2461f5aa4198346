#include "api/resources/statistics_api.hpp"

#include "api/request_checks.hpp"

#include <limits>

namespace banjie::api::statistics {

using engine::Figures;
using engine::GroupBy;
using engine::Outcome;
using nlohmann::json;

namespace {

Outcome<GroupBy> group_by_of(Exchange const& exchange) {
    auto const text = exchange.query("group_by");
    if (text.empty()) return GroupBy::none;
    if (text == "round") return GroupBy::round;
    if (text == "region") return GroupBy::region;
    if (text == "unit") return GroupBy::unit;
    return invalid_field("group_by", "unknown_value",
                         "Expected round, region or unit, but it is something else.");
}

Outcome<std::vector<Figures>> figures_of(Exchange const& exchange) {
    auto const group_by = group_by_of(exchange);
    if (!group_by) return group_by.error();
    engine::StatisticsQuery query;
    query.group_by = *group_by;
    query.region = exchange.query("region");
    query.unit = exchange.query("unit");
    if (exchange.request.query_value("round")) {
        auto const round =
            query_number(exchange.request, "round", 0, std::numeric_limits<std::int32_t>::max(), 0);
        if (!round) return round.error();
        query.round = *round;
    }
    return exchange.office().index.statistics(exchange.actor, query);
}

json group_json(Exchange const& exchange, Figures const& figures) {
    json out = {{"key", figures.key}, {"total", figures.total}};
    auto const organisation = exchange.office().organisations.find(figures.key);
    if (organisation) out["name"] = organisation->name;
    return out;
}

// The share with what it was counted from; null while there is nothing to rate.
json rate_json(std::pair<std::uint64_t, std::uint64_t> const& rate) {
    auto const [part, whole] = rate;
    json share = nullptr;
    if (whole > 0) share = static_cast<double>(part) / static_cast<double>(whole);
    return {{"part", part}, {"whole", whole}, {"rate", std::move(share)}};
}

// Stages in the order in which the workflow's states name them.
engine::Texts stages_in_order() {
    engine::Texts stages;
    auto const* workflow = engine::find_workflow("problem");
    if (workflow == nullptr) return stages;
    for (auto const& state : workflow->states()) {
        bool const known = std::find(stages.begin(), stages.end(), state.stage) != stages.end();
        if (!state.stage.empty() && !known) stages.emplace_back(state.stage);
    }
    return stages;
}

} // namespace

Outcome<Response> summary(Exchange& exchange) {
    auto const figures = figures_of(exchange);
    if (!figures) return figures.error();
    json groups = json::array();
    for (auto const& each : *figures) {
        auto group = group_json(exchange, each);
        group["by_stage"] = each.by_stage;
        group["by_state"] = each.by_state;
        group["by_light"] = each.by_light;
        group["on_time_rate"] = rate_json(each.on_time);
        group["resolution_rate"] = rate_json(each.resolution);
        group["satisfaction_rate"] = rate_json(each.satisfaction);
        group["rework_rate"] = rate_json(each.rework);
        groups.push_back(std::move(group));
    }
    return json_response({{"groups", std::move(groups)}});
}

Outcome<Response> funnel(Exchange& exchange) {
    auto const figures = figures_of(exchange);
    if (!figures) return figures.error();
    auto const stages = stages_in_order();
    json groups = json::array();
    for (auto const& each : *figures) {
        auto group = group_json(exchange, each);
        group["stages"] = json::array();
        for (auto const& stage : stages) {
            auto const found = each.by_stage.find(stage);
            auto const count = found == each.by_stage.end() ? 0 : found->second;
            group["stages"].push_back({{"stage", stage}, {"count", count}});
        }
        groups.push_back(std::move(group));
    }
    return json_response({{"groups", std::move(groups)}});
}

} // namespace banjie::api::statistics
