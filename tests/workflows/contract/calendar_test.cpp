#include "tests/workflows/calendar_file.hpp"
#include "workflows/contract/calendar.hpp"

#include <doctest/doctest.h>

namespace banjie::workflows {
namespace {

using testing::date;
using testing::day_text;
using testing::local_time;
using testing::shipped_calendar;

int working_days_of(Calendar const& calendar, int year) {
    int count = 0;
    Date const end = date(std::to_string(year + 1) + "-01-01");
    for (Date day = date(std::to_string(year) + "-01-01"); day < end; day += std::chrono::days{1})
        if (calendar.is_working_day(day)) ++count;
    return count;
}

TEST_CASE("the local day begins at midnight in China, sixteen hours after midnight UTC") {
    Time const last =
        Time{date("2021-02-07")} + std::chrono::hours{16} - std::chrono::milliseconds{1};
    CHECK(local_date(last) == date("2021-02-07"));
    CHECK(local_date(last + std::chrono::milliseconds{1}) == date("2021-02-08"));
    CHECK(end_of(date("2021-02-07")) == last);
    CHECK(local_date(Time{date("1969-12-31")}) == date("1969-12-31"));
}

TEST_CASE("the spring festival of 2021 is off, and two weekend days make up for it") {
    Calendar const calendar = shipped_calendar();
    CHECK(calendar.is_working_day(date("2021-02-07"))); // a Sunday
    CHECK(calendar.is_working_day(date("2021-02-10")));
    for (char const* day : {"2021-02-11", "2021-02-12", "2021-02-13", "2021-02-14", "2021-02-15",
                            "2021-02-16", "2021-02-17"})
        CHECK_FALSE(calendar.is_working_day(date(day)));
    CHECK(calendar.is_working_day(date("2021-02-18")));
    CHECK(calendar.is_working_day(date("2021-02-20"))); // a Saturday
    CHECK_FALSE(calendar.is_working_day(date("2021-02-21")));
}

TEST_CASE(
    "2020 keeps its spring festival prolonged to 2 February, and 2023 its mended Labour Day") {
    Calendar const calendar = shipped_calendar();
    CHECK(calendar.is_working_day(date("2020-01-19")));       // a Sunday, worked
    CHECK_FALSE(calendar.is_working_day(date("2020-01-31"))); // a Friday, prolonged
    CHECK_FALSE(calendar.is_working_day(date("2020-02-01"))); // was to be worked at first
    CHECK(calendar.is_working_day(date("2020-02-03")));
    CHECK(calendar.is_working_day(date("2023-04-23")));
    CHECK_FALSE(calendar.is_working_day(date("2023-05-03")));
    CHECK(calendar.is_working_day(date("2023-05-06")));
    CHECK_FALSE(calendar.is_working_day(date("2023-10-06"))); // Mid-Autumn and National Day in one
    CHECK(calendar.is_working_day(date("2023-10-08")));
}

TEST_CASE("the shipped years have as many working days as the official calendars") {
    Calendar const calendar = shipped_calendar();
    CHECK(calendar.years() == std::vector{2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026});
    CHECK(working_days_of(calendar, 2019) == 250);
    CHECK(working_days_of(calendar, 2021) == 250);
    CHECK(working_days_of(calendar, 2022) == 249);
    CHECK(working_days_of(calendar, 2023) == 249);
    CHECK(working_days_of(calendar, 2024) == 251);
    CHECK(working_days_of(calendar, 2025) == 248);
}

TEST_CASE("fifteen working days from 18 January 2021 end on a Sunday that is worked") {
    Calendar const calendar = shipped_calendar();
    Time const from = local_time("2021-01-18");
    // 19–22 (4), 25–29 (5), 1–5 (5), Sunday the 7th (1).
    CHECK(day_text(calendar.add_working_days(from, 15)) == "2021-02-07");
    CHECK(day_text(calendar.add_working_days(from, 16)) == "2021-02-08");
    CHECK(day_text(calendar.add_working_days(from, 19)) == "2021-02-18");
    CHECK(calendar.add_working_days(from, 15) == end_of(date("2021-02-07")));
}

TEST_CASE("no working days is the end of the same day, also on a day off") {
    Calendar const calendar = shipped_calendar();
    CHECK(calendar.add_working_days(local_time("2021-02-13"), 0) == end_of(date("2021-02-13")));
    CHECK(day_text(calendar.add_working_days(local_time("2021-02-13"), 1)) == "2021-02-18");
}

TEST_CASE("counting between two moments undoes adding, in both directions") {
    Calendar const calendar = shipped_calendar();
    Time const from = local_time("2020-12-28 23:59");
    for (int days : {1, 2, 5, 30, 70}) {
        Time const to = calendar.add_working_days(from, days);
        CHECK(calendar.working_days_between(from, to) == days);
        CHECK(calendar.working_days_between(to, from) == -days);
    }
    CHECK(calendar.working_days_between(from, from) == 0);
    CHECK(calendar.working_days_between(local_time("2021-02-10"), local_time("2021-02-17")) == 0);
}

TEST_CASE("yellow begins so many working days before the deadline") {
    Calendar const calendar = shipped_calendar();
    Time const due = end_of(date("2021-03-05")); // a Friday: Wednesday, Thursday, Friday are left
    CHECK(calendar.subtract_working_days(due, 3) == end_of(date("2021-03-02")));
    Time const after_festival = end_of(date("2021-02-18"));
    CHECK(day_text(calendar.subtract_working_days(after_festival, 1)) == "2021-02-17");
    CHECK(day_text(calendar.subtract_working_days(after_festival, 2)) == "2021-02-09");
    CHECK(calendar.subtract_working_days(due, 0) == due);
}

TEST_CASE("a year without data counts weekdays and says that it is provisional") {
    Calendar const calendar = shipped_calendar();
    CHECK(calendar.is_working_day(date("2027-10-01")));
    CHECK_FALSE(calendar.is_working_day(date("2027-10-02")));
    CHECK_FALSE(calendar.is_provisional(local_time("2019-01-01"), local_time("2026-12-31")));
    CHECK(calendar.is_provisional(local_time("2026-12-31"), local_time("2027-01-01")));
    CHECK(calendar.is_provisional(local_time("2027-01-01"), local_time("2026-12-31")));
    CHECK(Calendar{}.is_provisional(local_time("2021-01-01"), local_time("2021-01-01")));
    // The last millisecond of 2026 in UTC is already 2027 in China.
    CHECK(calendar.is_provisional(local_time("2026-06-01"),
                                  Time{date("2026-12-31")} + std::chrono::hours{20}));
}

TEST_CASE("of two entries for a year the later one counts") {
    CalendarYear const first{2021, {date("2021-03-01")}, {}};
    CalendarYear const second{2021, {date("2021-03-02")}, {date("2021-03-06")}};
    Calendar const calendar({first, second});
    CHECK(calendar.is_working_day(date("2021-03-01")));
    CHECK_FALSE(calendar.is_working_day(date("2021-03-02")));
    CHECK(calendar.is_working_day(date("2021-03-06")));
    REQUIRE(calendar.year(2021) != nullptr);
    CHECK(calendar.year(2020) == nullptr);
}

} // namespace
} // namespace banjie::workflows
