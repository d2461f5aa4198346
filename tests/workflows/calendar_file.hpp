#pragma once
// The calendar that is shipped, for the tests of this room.

#include "workflows/contract/calendar.hpp"

#include <string_view>

namespace banjie::workflows::testing {

/// "2021-02-07"; ends the process when it is no date.
[[nodiscard]] Date date(std::string_view text);
/// "2021-02-07 09:30" or "2021-02-07" (then 09:00), in +08:00.
[[nodiscard]] Time local_time(std::string_view text);
/// The day in +08:00, as "2021-02-07".
[[nodiscard]] std::string day_text(Time time);
/// workflows/data/calendar.json.
[[nodiscard]] Calendar shipped_calendar();
/// The whole text of a file below the source directory.
[[nodiscard]] std::string source_text(std::string_view path);

} // namespace banjie::workflows::testing
