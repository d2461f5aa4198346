#pragma once
// Space in the bounded history of one instance. Commands that only add to it are refused early, so
// that the commands that end an instance always find space.

#include "engine/command.hpp"
#include "storage/store.hpp"

#include <optional>
#include <string_view>

namespace banjie::engine {

/// Refuses an event for which the history has no space. The workflow's table decides which commands
/// may use the last places:
/// - any command may use all but the last limits::events_kept places;
/// - a command that leads out of a state, in any region, or that its workflow declares
///   `needed_for_end`, may use all but the last limits::events_kept_for_end;
/// - a command that leads to an end, and every command of the system, may use all places.
/// Returns nullopt if there is space. The codes are "history_nearly_full" and "history_full".
[[nodiscard]] std::optional<Refusal> refuse_for_room(Workflow const& workflow,
                                                     Instance const& instance,
                                                     std::string_view command, Actor const& actor);

/// Refuses another event that leaves the instance in its states if the user has added
/// limits::additions_per_day such events within the last 24 hours. Events that are not durable yet
/// count as the user's. Reads the newest events from the store, but only if the instance has that
/// many. The code is "too_many_additions".
[[nodiscard]] std::optional<Refusal> refuse_for_additions(storage::Store& store,
                                                          Instance const& instance,
                                                          std::string_view user, Time now);

} // namespace banjie::engine
