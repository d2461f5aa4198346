#pragma once
// Figures over the problems that the caller may see.

#include "api/exchange.hpp"

namespace banjie::api::statistics {

inline constexpr QueryParameter query[] = {
    {"group_by", "round, region or unit. Default: one group of all"},
    {"round", "Number of a round"},
    {"region", "Code of a region; with group_by=region: its children"},
    {"unit", "Code of an organisation that leads or co-handles"},
};

/// Totals, lights and rates of every group.
[[nodiscard]] engine::Outcome<Response> summary(Exchange& exchange);
/// How many are in each stage of the life, in its order, in every group.
[[nodiscard]] engine::Outcome<Response> funnel(Exchange& exchange);

} // namespace banjie::api::statistics
