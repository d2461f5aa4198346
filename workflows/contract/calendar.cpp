#include "workflows/contract/calendar.hpp"

#include "workflows/contract/limits.hpp"

#include <algorithm>
#include <cassert>

namespace banjie::workflows {
namespace {

using std::chrono::days;

constexpr std::chrono::hours china_offset{8};
constexpr int most_days = 10'000; // bounds the loops below
static_assert(most_days > limits::working_days && most_days > limits::years_from_now * 262,
              "no limit of a policy and no time of a form comes near");

int year_of(Date date) {
    return static_cast<int>(std::chrono::year_month_day{date}.year());
}

bool is_weekend(Date date) {
    std::chrono::weekday const weekday{date};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

} // namespace

Date local_date(Time time) {
    return std::chrono::floor<days>(time + china_offset);
}

Time end_of(Date date) {
    return Time{date + days{1}} - china_offset - std::chrono::milliseconds{1};
}

Calendar::Calendar(std::vector<CalendarYear> years) {
    for (CalendarYear& year : years) {
        int const key = year.year;
        years_.insert_or_assign(key, std::move(year));
    }
}

std::vector<int> Calendar::years() const {
    std::vector<int> result;
    result.reserve(years_.size());
    for (auto const& [year, data] : years_) result.push_back(year);
    return result;
}

CalendarYear const* Calendar::year(int year) const {
    auto const found = years_.find(year);
    return found == years_.end() ? nullptr : &found->second;
}

bool Calendar::is_working_day(Date date) const {
    if (CalendarYear const* data = year(year_of(date)); data != nullptr) {
        if (data->makeup_workdays.contains(date)) return true;
        if (data->holidays.contains(date)) return false;
    }
    return !is_weekend(date);
}

bool Calendar::is_provisional(Time from, Time to) const {
    int const first = year_of(local_date(std::min(from, to)));
    int const last = year_of(local_date(std::max(from, to)));
    for (int year = first; year <= last; ++year)
        if (!has_year(year)) return true;
    return false;
}

Time Calendar::add_working_days(Time from, int days_to_add) const {
    assert(days_to_add >= 0 && days_to_add <= most_days);
    Date date = local_date(from);
    for (int left = days_to_add; left > 0;) {
        date += days{1};
        if (is_working_day(date)) --left;
    }
    return end_of(date);
}

int Calendar::working_days_between(Time from, Time to) const {
    if (to < from) return -working_days_between(to, from);
    int count = 0;
    for (Date date = local_date(from) + days{1}; date <= local_date(to); date += days{1})
        if (is_working_day(date)) ++count;
    return count;
}

Time Calendar::subtract_working_days(Time due, int days_to_subtract) const {
    assert(days_to_subtract >= 0 && days_to_subtract <= most_days);
    Date date = local_date(due);
    for (int left = days_to_subtract; left > 0; date -= days{1})
        if (is_working_day(date)) --left;
    return end_of(date);
}

} // namespace banjie::workflows
