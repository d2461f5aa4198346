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
    std::string id; // empty, as is the state, of one that the actor may not see
    std::string title;
    std::string state;
    std::string region;
    double similarity = 0;
    std::string ask; // code of the office to ask about one that the actor may not see
};

/// Of the limits::similar_candidates instances that moved last, in hand or finished within 90 days
/// and not for good: those most like the title, at most limits::similar_shown; none if the workflow
/// has no tag that is a region. Looked at are those in the county of `region`, or in the actor's
/// own county where that is empty or lies outside the actor's region, as far as the actor may see
/// them. A township's office hears of its neighbours' too, so that nothing is reported twice: of
/// their titles and places, and of the county to ask. Nothing else that is hidden is read, so
/// nothing of it shows in the answer, its order or its time. Reads the store.
[[nodiscard]] Outcome<std::vector<Similar>>
similar_instances(InstanceIndex const& index, Engine& engine, Workflow const& workflow,
                  Actor const& actor, std::string_view title, std::string_view region, Time now);

} // namespace banjie::engine
