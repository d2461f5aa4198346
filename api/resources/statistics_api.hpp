#pragma once
// Figures over the problems that the caller may see.

#include "api/request/exchange.hpp"

namespace banjie::api::statistics {

inline constexpr QueryParameter query[] = {
    {"group_by", "round, region, city, county or unit. Default: one group of all"},
    {"sort",
     "What groups are ranked by: total, overdue, on_time_rate, resolution_rate, "
     "satisfaction_rate or rework_rate; with a minus before it: the highest first. What has "
     "no rate comes last. Default: by key"},
    {"limit", "At most so many groups, 1 to 1000; default 1000"},
    {"round", "Number of a round"},
    {"region", "Code of a region; with group_by=region: its children"},
    {"unit", "Code of an organisation that leads or co-handles"},
};
inline constexpr QueryParameter trend_query[] = {
    {"by", "month or week (from Monday). Default month"},
    {"periods", "How many, 1 to 60; default 12"},
    {"until", "A day in China of the last one, 2026-03-31; default today"},
    {"round", "Number of a round"},
    {"region", "Code of a region"},
    {"unit", "Code of an organisation that leads or co-handles"},
};

/// Totals, lights and rates of every group.
[[nodiscard]] engine::Outcome<Response> summary(Exchange& exchange);
/// How many are in each stage of the life, in its order, in every group.
[[nodiscard]] engine::Outcome<Response> funnel(Exchange& exchange);
/// What happened in each month or week, earliest first, and the rates of what was handled and
/// visited in it.
[[nodiscard]] engine::Outcome<Response> trend(Exchange& exchange);

} // namespace banjie::api::statistics
