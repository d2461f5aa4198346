#pragma once
// The shipped calendar, for the tests of this room.

#include "workflows/contract/calendar.hpp"

#include <string_view>

namespace banjie::workflows::testing {

/// Parses "2021-02-07". Ends the process if it is no date.
[[nodiscard]] Date date(std::string_view text);
/// Parses "2021-02-07 09:30" or "2021-02-07" (then 09:00), in +08:00.
[[nodiscard]] Time local_time(std::string_view text);
/// Returns the day in +08:00, as "2021-02-07".
[[nodiscard]] std::string day_text(Time time);
/// Returns the calendar of workflows/data/calendar.json.
[[nodiscard]] Calendar shipped_calendar();
/// Returns the whole text of a file below the source directory.
[[nodiscard]] std::string source_text(std::string_view path);

} // namespace banjie::workflows::testing
