#include "tests/workflows/calendar_file.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace banjie::workflows::testing {
namespace {

std::set<Date> dates(nlohmann::json const& list) {
    std::set<Date> result;
    for (auto const& text : list) result.insert(date(text.get<std::string>()));
    return result;
}

} // namespace

Date date(std::string_view text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int const read = std::sscanf(std::string(text).c_str(), "%4d-%2u-%2u", &year, &month, &day);
    std::chrono::year_month_day const result{std::chrono::year{year}, std::chrono::month{month},
                                             std::chrono::day{day}};
    REQUIRE_MESSAGE((read == 3 && result.ok()), "Expected a date, but got ", std::string(text));
    return result;
}

Time local_time(std::string_view text) {
    int hour = 9;
    int minute = 0;
    if (text.size() > 10)
        REQUIRE(std::sscanf(std::string(text.substr(11)).c_str(), "%2d:%2d", &hour, &minute) == 2);
    return Time{date(text.substr(0, 10))} + std::chrono::hours{hour - 8} +
           std::chrono::minutes{minute};
}

std::string day_text(Time time) {
    std::chrono::year_month_day const day{local_date(time)};
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text.data();
}

std::string source_text(std::string_view path) {
    std::ifstream file(std::string(BANJIE_SOURCE_DIRECTORY "/").append(path));
    REQUIRE_MESSAGE(file.good(), "Expected to read ", std::string(path));
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Calendar shipped_calendar() {
    auto const file = nlohmann::json::parse(source_text("workflows/data/calendar.json"));
    std::vector<CalendarYear> years;
    for (auto const& entry : file.at("years"))
        years.push_back({entry.at("year").get<int>(), dates(entry.at("holidays")),
                         dates(entry.at("makeup_workdays"))});
    return Calendar(std::move(years));
}

} // namespace banjie::workflows::testing
