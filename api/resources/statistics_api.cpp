#include "api/resources/statistics_api.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/shown/list_query.hpp"
#include "engine/limits.hpp"

#include <algorithm>
#include <optional>

namespace banjie::api::statistics {

using engine::Figures;
using engine::Outcome;
using engine::StatisticsQuery;
using nlohmann::json;

namespace {

Outcome<engine::Workflow const*> workflow_of(Exchange const& exchange) {
    auto const rules = exchange.office().rulebook.rules();
    auto const name = exchange.query("workflow");
    auto const* const found =
        name.empty() ? &rules->workflows.first() : rules->workflows.find(name);
    if (found != nullptr) return found;
    return invalid_field("workflow", "unknown_value"_code, "There is no workflow of that name.");
}

/// The query, and its workflow.
struct Asked {
    engine::Workflow const* workflow;
    StatisticsQuery query;
};

Outcome<Asked> asked_of(Exchange const& exchange) {
    auto const workflow = workflow_of(exchange);
    if (!workflow) return workflow.error();
    auto tags = read_tags(exchange.request, **workflow);
    if (!tags) return tags.error();
    Asked asked{*workflow, {}};
    asked.query.workflow = (*workflow)->name();
    asked.query.where = std::move(*tags);
    asked.query.unit = exchange.query("unit");
    asked.query.group_by = exchange.query("group_by");
    return asked;
}

struct Rank {
    bool rated;
    double value;
    std::uint64_t whole;
};

/// Returns the value by which a group is ranked, or nullopt if there is no such key.
std::optional<Rank> rank_by(engine::Workflow const& workflow, Figures const& figures,
                            std::string_view sort) {
    if (sort == "total") return Rank{true, double(figures.total), figures.total};
    if (sort == "overdue") {
        auto const overdue = figures.by_light.find("overdue");
        auto const count = overdue == figures.by_light.end() ? 0 : overdue->second;
        return Rank{true, double(count), figures.total};
    }
    auto const rates = workflow.facets().rates;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        if (rates[i].name != sort) continue;
        auto const [part, whole] = figures.rates[i];
        return Rank{whole > 0, whole > 0 ? double(part) / double(whole) : 0, whole};
    }
    return std::nullopt;
}

Outcome<void> rank(Exchange const& exchange, engine::Workflow const& workflow,
                   std::vector<Figures>& groups) {
    auto sort = exchange.query("sort");
    bool const descending = sort.starts_with('-');
    if (descending) sort.erase(0, 1);
    if (!sort.empty() || descending) {
        Figures none;
        none.rates.resize(workflow.facets().rates.size());
        if (!rank_by(workflow, none, sort))
            return invalid_field("sort", "unknown_value"_code,
                                 "The value is not total, overdue or the name of a rate, with or "
                                 "without a minus before it.");
        std::stable_sort(groups.begin(), groups.end(), [&](auto const& a, auto const& b) {
            auto const left = *rank_by(workflow, a, sort), right = *rank_by(workflow, b, sort);
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

Outcome<std::vector<Figures>> figures_of(Exchange const& exchange, Asked const& asked) {
    auto groups = exchange.office().index.statistics(exchange.actor, asked.query);
    if (!groups) return groups.error();
    if (auto ranked = rank(exchange, *asked.workflow, *groups); !ranked) return ranked.error();
    return groups;
}

/// Returns the periods, of which the last contains the requested day.
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

// The rate with its counts; null while there is nothing to rate.
json rate_json(std::pair<std::uint64_t, std::uint64_t> const& rate) {
    auto const [part, whole] = rate;
    json share = nullptr;
    if (whole > 0) share = static_cast<double>(part) / static_cast<double>(whole);
    return {{"part", part}, {"whole", whole}, {"rate", std::move(share)}};
}

// In the order in which the workflow's states name them.
engine::Texts stages_in_order(engine::Workflow const& workflow) {
    engine::Texts stages;
    for (auto const& state : workflow.states()) {
        bool const known = std::find(stages.begin(), stages.end(), state.stage) != stages.end();
        if (!state.stage.empty() && !known) stages.emplace_back(state.stage);
    }
    return stages;
}

void put_rates(json& out, engine::Workflow const& workflow,
               std::vector<engine::PartOfWhole> const& rates) {
    auto const named = workflow.facets().rates;
    for (std::size_t i = 0; i < named.size(); ++i)
        out[std::string(named[i].name)] = rate_json(rates[i]);
}

json summary_json(Exchange const& exchange, engine::Workflow const& workflow,
                  Figures const& figures) {
    auto group = group_json(exchange, figures);
    group["by_stage"] = figures.by_stage;
    group["by_state"] = figures.by_state;
    if (auto const beside = workflow.regions_beside(); !beside.empty())
        group["by_" + std::string(beside.front())] = figures.by_light;
    put_rates(group, workflow, figures.rates);
    auto const numbers = workflow.facets().numbers;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        group["sums"][std::string(numbers[i].name)] = figures.sums[i];
    return group;
}

} // namespace

Outcome<Response> summary(Exchange& exchange) {
    auto const asked = asked_of(exchange);
    if (!asked) return asked.error();
    auto const figures = figures_of(exchange, *asked);
    if (!figures) return figures.error();
    json groups = json::array();
    for (auto const& each : *figures)
        groups.push_back(summary_json(exchange, *asked->workflow, each));
    return json_response({{"groups", std::move(groups)}});
}

Outcome<Response> funnel(Exchange& exchange) {
    auto const asked = asked_of(exchange);
    if (!asked) return asked.error();
    auto const figures = figures_of(exchange, *asked);
    if (!figures) return figures.error();
    auto const stages = stages_in_order(*asked->workflow);
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
    auto const asked = asked_of(exchange);
    if (!asked) return asked.error();
    auto const by = exchange.request.query_value("by").value_or("month");
    if (by != "month" && by != "week")
        return invalid_field("by", "unknown_value"_code, "The value is neither month nor week.");
    auto const every = by == "week" ? engine::Every::week : engine::Every::month;
    auto const periods = periods_of(exchange, every);
    if (!periods) return periods.error();
    auto const figures = exchange.office().index.trend(exchange.actor, asked->query, *periods);
    if (!figures) return figures.error();
    auto const moments = asked->workflow->facets().moments;
    json items = json::array();
    for (std::size_t i = 0; i < periods->size(); ++i) {
        json item = {{"from", engine::date_text((*periods)[i].first)},
                     {"until", engine::date_text((*periods)[i].last)}};
        for (std::size_t moment = 0; moment < moments.size(); ++moment)
            item[std::string(moments[moment].name)] = (*figures)[i].moments[moment];
        put_rates(item, *asked->workflow, (*figures)[i].rates);
        items.push_back(std::move(item));
    }
    return json_response({{"by", by}, {"periods", std::move(items)}});
}

} // namespace banjie::api::statistics
