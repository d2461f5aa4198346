#pragma once
// Room in the history of one instance, which is bounded: what only adds to it is refused early, so
// that what brings it to its end always finds a place.

#include "engine/command.hpp"
#include "storage/store.hpp"

#include <optional>
#include <string_view>

namespace banjie::engine {

/// Refuses an event for which the history has no room; nullopt: it has. Who may use the last places
/// follows from the workflow's table:
/// - any command finds room before the last limits::events_kept places;
/// - before the last limits::events_kept_for_end, one that leads out of a state, in any region, or
///   that its workflow declares `needed_for_end`;
/// - to the last place, one that leads to an end, and whatever the system gives.
/// Codes "history_nearly_full" and "history_full".
[[nodiscard]] std::optional<Refusal> refuse_for_room(Workflow const& workflow,
                                                     Instance const& instance,
                                                     std::string_view command, Actor const& actor);

/// Refuses one more event that leaves the instance in its states where that user has added
/// limits::additions_per_day of those within the last 24 hours; what is not durable yet counts as
/// theirs. Reads the newest events of the store, but only of an instance that has so many. Code
/// "too_many_additions".
[[nodiscard]] std::optional<Refusal> refuse_for_additions(storage::Store& store,
                                                          Instance const& instance,
                                                          std::string_view user, Time now);

} // namespace banjie::engine
