#pragma once
// What statistics are asked, and what they answer.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace banjie::engine {

/// Figures of one group of problems, within the actor's reach; without drafts.
struct Figures {
    std::string key; // round number, region or unit code; empty for the whole
    std::uint64_t total = 0;
    std::map<std::string, std::uint64_t> by_stage, by_state, by_light;
    // Each rate is part / whole; whole 0 means that there is nothing to rate yet.
    // on_time, rework: of those with a result; resolution, satisfaction: of those visited.
    std::pair<std::uint64_t, std::uint64_t> on_time, resolution, satisfaction, rework;
};

/// What happened in one period, each problem where it last did. Rates: of what was handled, and of
/// what was visited in it.
struct TrendFigures {
    std::uint64_t reported = 0, assigned = 0, overdue = 0, closed = 0;
    std::pair<std::uint64_t, std::uint64_t> on_time, resolution, satisfaction, rework;
    friend bool operator==(TrendFigures const&, TrendFigures const&) = default;
};

enum class GroupBy { none, round, region, city, county, unit };

struct StatisticsQuery {
    std::optional<std::int64_t> round;
    std::string region; // group_by region gives its children
    std::string unit;
    GroupBy group_by = GroupBy::none;
};

} // namespace banjie::engine
