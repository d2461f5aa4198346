#pragma once
// Figures of the instances of one workflow that the caller may see.

#include "api/request/exchange.hpp"

namespace banjie::api::statistics {

inline constexpr QueryParameter query[] = {
    {"workflow", "Its name. Default: the first of GET /api/v1/workflows"},
    {"group_by", "One of the workflow's tags; of one that is a region: the children of the region "
                 "asked for. Or "
                 "city or county, or unit, which handles. Default: one group of all"},
    {"sort",
     "What groups are ranked by: total, overdue or the name of a rate; with a minus before it: the "
     "highest first. What has no rate comes last. Default: by key"},
    {"limit", "At most so many groups, 1 to 1000; default 1000"},
    {"unit", "Code of an organisation that handles"},
};
inline constexpr QueryParameter trend_query[] = {
    {"by", "month or week (from Monday). Default month"},
    {"periods", "How many, 1 to 60; default 12"},
    {"until", "A day in China of the last one, 2026-03-31; default today"},
    {"workflow", "Its name. Default: the first of GET /api/v1/workflows"},
    {"unit", "Code of an organisation that handles"},
};

/// Returns totals, lights and rates of every group.
[[nodiscard]] engine::Outcome<Response> summary(Exchange& exchange);
/// Returns the number of instances in each stage, in the order of the stages, for every group.
[[nodiscard]] engine::Outcome<Response> funnel(Exchange& exchange);
/// Returns the moments that happened in each month or week, earliest first, with the rates of the
/// instances to which the moment of the rate happened in that period.
[[nodiscard]] engine::Outcome<Response> trend(Exchange& exchange);

} // namespace banjie::api::statistics
