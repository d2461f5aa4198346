#pragma once
// The days on which a moment last happened to an instance, from which trends are counted and by
// which lists can be filtered. The workflow declares its moments
// (workflows/contract/declaration.hpp).

#include "workflows/contract/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// A calendar day in China, counted from 1970-01-01; 0 means "never". Reaches to the year 2149.
using Day = std::uint16_t;
inline constexpr Day last_day = UINT16_MAX;

[[nodiscard]] Day day_of(std::optional<workflows::Time> time);
[[nodiscard]] std::string date_text(Day day); // such as 2026-03-01
/// Parses a day of that form. Returns nullopt if it has another form or is out of range.
[[nodiscard]] std::optional<Day> day_named(std::string_view date);

/// A span of days that includes both its first and its last day.
struct DaySpan {
    Day first = 1, last = last_day;
    [[nodiscard]] bool contains(Day day) const { return first <= day && day <= last; }
};

enum class Every : std::uint8_t { week, month }; // weeks begin on Monday

/// Returns the week or month that contains the day.
[[nodiscard]] DaySpan period_of(Every every, Day day);

} // namespace banjie::engine
