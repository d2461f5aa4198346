#pragma once
// The days on which something last happened to an instance: what trends are counted from and lists
// can be narrowed by. Which moments a workflow has, it declares
// (workflows/contract/declaration.hpp).

#include "workflows/contract/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// A calendar day in China, counted from 1970-01-01; 0: never. Reaches to the year 2149.
using Day = std::uint16_t;
inline constexpr Day last_day = UINT16_MAX;

[[nodiscard]] Day day_of(std::optional<workflows::Time> time);
[[nodiscard]] std::string date_text(Day day); // 2026-03-01
/// nullopt: not a day of that form, or one out of reach.
[[nodiscard]] std::optional<Day> day_named(std::string_view date);

/// Both days included.
struct DaySpan {
    Day first = 1, last = last_day;
    [[nodiscard]] bool contains(Day day) const { return first <= day && day <= last; }
};

enum class Every : std::uint8_t { week, month }; // weeks begin on Monday

/// The week or month that has that day.
[[nodiscard]] DaySpan period_of(Every every, Day day);

} // namespace banjie::engine
