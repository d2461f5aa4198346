#pragma once
// Search for similar reports, by the bigrams of characters in titles. Bigrams need no dictionary to
// segment Chinese into words.

#include "engine/commands/engine.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// Returns Dice's coefficient over the bigrams of letters, digits and ideographs: 0 (none in
/// common) to 1.
[[nodiscard]] double similarity(std::string_view one, std::string_view other);

struct Similar {
    std::string id; // empty, like the state, if the actor may not see the instance
    std::string title;
    std::string state;
    std::string region;
    double similarity = 0;
    std::string ask; // code of the office to ask, if the actor may not see the instance
};

/// Returns the instances whose titles are most like the given one, at most limits::similar_shown,
/// among the limits::similar_candidates that moved last and are either unfinished, or finished
/// within 90 days and can be taken up again. Returns none if the workflow has no tag that is a
/// region.
///
/// Searches the county of `region`, or the actor's county if `region` is empty or outside the
/// actor's region, as far as the actor may see its instances. A township's office also gets those
/// of its neighbours, so that nothing is reported twice, but only their titles, places and the
/// county to ask. Nothing else that is hidden is read, so it cannot affect the answer, its order or
/// its time. Reads the store.
[[nodiscard]] Outcome<std::vector<Similar>>
similar_instances(InstanceIndex const& index, Engine& engine, Workflow const& workflow,
                  Actor const& actor, std::string_view title, std::string_view region, Time now);

} // namespace banjie::engine
