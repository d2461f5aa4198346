#pragma once
// Working days by the State Council's calendar: weekends, holidays, make-up working days.
// Local time is China Standard Time, UTC+08:00 without daylight saving.

#include "workflows/contract/value.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace banjie::workflows {

using Date = std::chrono::sys_days; // a local calendar day

/// Returns the local day of a moment.
[[nodiscard]] Date local_date(Time time);
/// Returns the last millisecond of a local day.
[[nodiscard]] Time end_of(Date date);

struct CalendarYear {
    int year = 0;
    std::set<Date> holidays;        // days off that would be working days
    std::set<Date> makeup_workdays; // weekend days that are worked
    std::uint64_t version = 0;      // of the data an administrator saved; 0: built in
};

/// Calendar of working days. A value: an administrator's change takes effect by a copy. A year
/// without data counts plain weekdays, and `is_provisional` reports it.
class Calendar {
public:
    Calendar() = default;
    explicit Calendar(std::vector<CalendarYear> years);

    [[nodiscard]] bool has_year(int year) const { return years_.contains(year); }
    [[nodiscard]] std::vector<int> years() const;
    [[nodiscard]] CalendarYear const* year(int year) const;
    [[nodiscard]] bool is_working_day(Date date) const;
    /// Returns whether [from, to] touches a year without data.
    [[nodiscard]] bool is_provisional(Time from, Time to) const;
    /// Returns the end of the `days`-th working day after the day of `from` (`days` ≥ 0; 0 is that
    /// day's end).
    [[nodiscard]] Time add_working_days(Time from, int days) const;
    /// Returns the number of working days d with day(from) < d ≤ day(to); negative if `to` is
    /// earlier.
    [[nodiscard]] int working_days_between(Time from, Time to) const;
    /// Returns the moment `days` working days before `due`: the start of yellow.
    [[nodiscard]] Time subtract_working_days(Time due, int days) const;

private:
    std::map<int, CalendarYear> years_;
};

} // namespace banjie::workflows
