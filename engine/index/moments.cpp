#include "engine/index/moments.hpp"

#include "engine/text/time_text.hpp"
#include "workflows/contract/calendar.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

using workflows::Date;

Day number_of(Date date) {
    auto const days = date.time_since_epoch().count();
    return static_cast<Day>(std::clamp<std::int64_t>(days, 1, last_day));
}

Date date_of(Day day) {
    return Date(std::chrono::days(day));
}

} // namespace

Day day_of(std::optional<workflows::Time> time) {
    return time ? number_of(workflows::local_date(*time)) : Day{0};
}

std::string date_text(Day day) {
    return time_text(workflows::end_of(date_of(day))).substr(0, 10);
}

std::optional<Day> day_named(std::string_view date) {
    auto const time = time_of(std::string(date) + "T00:00:00+08:00");
    if (!time) return std::nullopt;
    auto const day = day_of(time);
    return date_text(day) == date ? std::optional(day) : std::nullopt;
}

DaySpan period_of(Every every, Day day) {
    auto const date = date_of(day);
    if (every == Every::week) {
        auto const monday = date - (std::chrono::weekday(date) - std::chrono::Monday);
        return {number_of(monday), number_of(monday + std::chrono::days(6))};
    }
    auto const month =
        std::chrono::year_month_day(date).year() / std::chrono::year_month_day(date).month();
    return {number_of(month / 1), number_of(month / std::chrono::last)};
}

} // namespace banjie::engine
