#pragma once
// Parsers of the files with the rules in force: policies and calendars.

#include "engine/outcome.hpp"
#include "engine/rules/workflow_list.hpp"
#include "workflows/contract/calendar.hpp"
#include "workflows/contract/policy.hpp"

#include <string_view>
#include <vector>

namespace banjie::engine {

/// Reads and checks one policy file (JSON text). Refuses with `invalid`, and one error per finding.
[[nodiscard]] Outcome<workflows::Policy> read_policy(std::string_view json_text,
                                                     Workflows const& workflows);
/// Reads calendar years:
/// {"years":[{"year":2026,"holidays":["2026-01-01",…],"makeup_workdays":[…]}]}.
[[nodiscard]] Outcome<std::vector<workflows::CalendarYear>>
read_calendar(std::string_view json_text);

} // namespace banjie::engine
