#pragma once
// Has somebody reported this already? Looked for by the bigrams of characters in titles, which need
// no dictionary to cut Chinese into words.

#include "engine/commands/engine.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// Dice's coefficient over the bigrams of letters, digits and ideographs: 0 (none in common) to 1.
[[nodiscard]] double similarity(std::string_view one, std::string_view other);

struct Similar {
    std::string id;
    std::string title;
    std::string state;
    std::string region;
    double similarity = 0;
};

/// Of the limits::similar_candidates problems of that region (and below) that moved last, in hand
/// or closed within 90 days: those most like the title, at most limits::similar_shown. Whether the
/// caller may know of them is for the caller to decide. Reads the store.
[[nodiscard]] Outcome<std::vector<Similar>> similar_problems(InstanceIndex const& index,
                                                             Engine& engine, std::string_view title,
                                                             std::string region, Time now);

} // namespace banjie::engine
