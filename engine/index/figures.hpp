#pragma once
// Queries and results of statistics.

#include "engine/command.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace banjie::engine {

/// Allowed values, by the name of a tag or of a region of the machine beside the main one.
using Filters = std::map<std::string, Texts, std::less<>>;

/// Part and whole; if the whole is 0, there is nothing to rate yet.
using PartOfWhole = std::pair<std::uint64_t, std::uint64_t>;

/// Figures of one group of instances of a workflow within the actor's reach, without private ones.
struct Figures {
    std::string key; // a tag's value, or a region's code; empty for the whole
    std::uint64_t total = 0;
    std::map<std::string, std::uint64_t> by_stage, by_state;
    std::map<std::string, std::uint64_t> by_light; // by the first region of the machine beside the
                                                   // main one, of those that are not finished
    std::vector<PartOfWhole> rates;                // by position of the rate
    std::vector<std::int64_t> sums;                // by position of the number
};

/// Figures of one period. An instance counts in the period in which the moment last happened to it.
struct TrendFigures {
    std::vector<std::uint64_t> moments; // by position of the moment
    std::vector<PartOfWhole> rates;     // by position, of those to which its moment happened
    friend bool operator==(TrendFigures const&, TrendFigures const&) = default;
};

struct StatisticsQuery {
    std::string workflow; // empty: the first one registered
    Filters where;        // tags only
    std::string unit;
    /// Name of a tag; "region", "city" or "county" for a tag that is a region (its children, or all
    /// regions of that level); "unit" for the first tag of a handling unit; empty for the whole.
    std::string group_by;
};

} // namespace banjie::engine
