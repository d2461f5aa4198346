#include "api/resources/statistics_api.hpp"

#include "api/request/request_checks.hpp"
#include "engine/limits.hpp"

#include <algorithm>
#include <limits>

namespace banjie::api::statistics {

using engine::Figures;
using engine::GroupBy;
using engine::Outcome;
using engine::StatisticsQuery;
using nlohmann::json;

namespace {

Outcome<GroupBy> group_by_of(Exchange const& exchange) {
    auto const text = exchange.query("group_by");
    if (text.empty()) return GroupBy::none;
    if (text == "round") return GroupBy::round;
    if (text == "region") return GroupBy::region;
    if (text == "city") return GroupBy::city;
    if (text == "county") return GroupBy::county;
    if (text == "unit") return GroupBy::unit;
    return invalid_field("group_by", "unknown_value",
                         "Expected round, region, city, county or unit, but it is something else.");
}

Outcome<StatisticsQuery> query_of(Exchange const& exchange) {
    StatisticsQuery query;
    query.region = exchange.query("region");
    query.unit = exchange.query("unit");
    if (exchange.request.query_value("round")) {
        auto const round =
            query_number(exchange.request, "round", 0, std::numeric_limits<std::int32_t>::max(), 0);
        if (!round) return round.error();
        query.round = *round;
    }
    return query;
}

struct Rank {
    bool rated;
    double value;
    std::uint64_t whole;
};

Rank rank_by(Figures const& figures, std::string_view sort) {
    auto const rate = [](std::pair<std::uint64_t, std::uint64_t> const& of) {
        auto const [part, whole] = of;
        return Rank{whole > 0, whole > 0 ? double(part) / double(whole) : 0, whole};
    };
    if (sort == "on_time_rate") return rate(figures.on_time);
    if (sort == "resolution_rate") return rate(figures.resolution);
    if (sort == "satisfaction_rate") return rate(figures.satisfaction);
    if (sort == "rework_rate") return rate(figures.rework);
    if (sort == "total") return {true, double(figures.total), figures.total};
    auto const overdue = figures.by_light.find("overdue");
    auto const count = overdue == figures.by_light.end() ? 0 : overdue->second;
    return {true, double(count), figures.total};
}

Outcome<void> rank(Exchange const& exchange, std::vector<Figures>& groups) {
    auto sort = exchange.query("sort");
    bool const descending = sort.starts_with('-');
    if (descending) sort.erase(0, 1);
    constexpr std::string_view known[] = {"total",           "overdue",           "on_time_rate",
                                          "resolution_rate", "satisfaction_rate", "rework_rate"};
    if (!sort.empty() || descending) {
        if (std::find(std::begin(known), std::end(known), sort) == std::end(known))
            return invalid_field("sort", "unknown_value",
                                 "Expected total, overdue or the name of a rate, with or without a "
                                 "minus before it, but it is something else.");
        std::stable_sort(groups.begin(), groups.end(), [&](auto const& a, auto const& b) {
            auto const left = rank_by(a, sort), right = rank_by(b, sort);
            if (left.rated != right.rated) return left.rated;
            if (left.value != right.value) return (left.value < right.value) != descending;
            return left.whole > right.whole;
        });
    }
    auto const most = static_cast<std::int64_t>(engine::limits::statistics_groups);
    auto const limit = query_number(exchange.request, "limit", 1, most, most);
    if (!limit) return limit.error();
    groups.resize(std::min(groups.size(), static_cast<std::size_t>(*limit)));
    return boost::system::in_place_value;
}

Outcome<std::vector<Figures>> figures_of(Exchange const& exchange) {
    auto query = query_of(exchange);
    if (!query) return query.error();
    auto const group_by = group_by_of(exchange);
    if (!group_by) return group_by.error();
    query->group_by = *group_by;
    auto groups = exchange.office().index.statistics(exchange.actor, *query);
    if (auto ranked = rank(exchange, groups); !ranked) return ranked.error();
    return groups;
}

/// The last of them has the day that was asked for.
Outcome<std::vector<engine::DaySpan>> periods_of(Exchange const& exchange, engine::Every every) {
    auto const count = query_number(exchange.request, "periods", 1,
                                    static_cast<std::int64_t>(engine::limits::trend_periods), 12);
    if (!count) return count.error();
    auto const today = engine::day_of(exchange.office().clock.now());
    auto const until = query_day(exchange.request, "until", today);
    if (!until) return until.error();
    std::vector<engine::DaySpan> periods{engine::period_of(every, *until)};
    while (periods.size() < static_cast<std::size_t>(*count) && periods.back().first > 1)
        periods.push_back(
            engine::period_of(every, static_cast<engine::Day>(periods.back().first - 1)));
    std::reverse(periods.begin(), periods.end());
    return periods;
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

Outcome<Response> trend(Exchange& exchange) {
    auto const query = query_of(exchange);
    if (!query) return query.error();
    auto const by = exchange.request.query_value("by").value_or("month");
    if (by != "month" && by != "week")
        return invalid_field("by", "unknown_value",
                             "Expected month or week, but it is something else.");
    auto const every = by == "week" ? engine::Every::week : engine::Every::month;
    auto const periods = periods_of(exchange, every);
    if (!periods) return periods.error();
    auto const figures = exchange.office().index.trend(exchange.actor, *query, *periods);
    json items = json::array();
    for (std::size_t i = 0; i < periods->size(); ++i)
        items.push_back({{"from", engine::date_text((*periods)[i].first)},
                         {"until", engine::date_text((*periods)[i].last)},
                         {"reported", figures[i].reported},
                         {"assigned", figures[i].assigned},
                         {"overdue", figures[i].overdue},
                         {"closed", figures[i].closed},
                         {"on_time_rate", rate_json(figures[i].on_time)},
                         {"resolution_rate", rate_json(figures[i].resolution)},
                         {"satisfaction_rate", rate_json(figures[i].satisfaction)},
                         {"rework_rate", rate_json(figures[i].rework)}});
    return json_response({{"by", by}, {"periods", std::move(items)}});
}

} // namespace banjie::api::statistics
