#include "api/resources/calendar_api.hpp"

#include "api/limits.hpp"
#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "engine/rules/policy_file.hpp"
#include "engine/text/time_text.hpp"

#include <algorithm>
#include <set>

namespace banjie::api::calendar {

using engine::Outcome;
using nlohmann::json;

namespace {

std::string day_text(engine::Time time) {
    return engine::time_text(time).substr(0, 10);
}

template <class Days>
json days_json(Days const& days) {
    json out = json::array();
    for (auto const day : days) {
        // Noon in UTC is on the same day in China.
        out.push_back(day_text(engine::Time(day) + std::chrono::hours(12)));
    }
    return out;
}

Outcome<int> year_of(Exchange const& exchange) {
    auto const& text = exchange.parameter("year");
    bool const digits = text.size() == 4 && std::all_of(text.begin(), text.end(), [](char c) {
                            return c >= '0' && c <= '9';
                        });
    if (digits) return std::stoi(text);
    return engine::Refusal{.code = "unknown_year"_code,
                           .detail = "The year is not a number of four digits."};
}

Response shown(workflows::CalendarYear const& year) {
    auto response = json_response({{"year", year.year},
                                   {"holidays", days_json(year.holidays)},
                                   {"makeup_workdays", days_json(year.makeup_workdays)}});
    response.headers.emplace_back("ETag", etag_of(year.version));
    return response;
}

Outcome<Response> shown(Exchange const& exchange, int year) {
    auto const rules = exchange.office().rulebook.rules();
    auto const* found = rules->calendar.year(year);
    if (found == nullptr) {
        return engine::Refusal{.code = "unknown_year"_code,
                               .detail = "There is no calendar for that year yet. Deadlines in it "
                                         "count weekdays only and are provisional.",
                               .help = "Ask an administrator to add it with PUT."};
    }
    return shown(*found);
}

} // namespace

Outcome<Response> years(Exchange& exchange) {
    auto const rules = exchange.office().rulebook.rules();
    return json_response({{"years", rules->calendar.years()}});
}

Outcome<Response> year(Exchange& exchange) {
    auto const number = year_of(exchange);
    if (!number) return number.error();
    return shown(exchange, *number);
}

Outcome<Response> save_year(Exchange& exchange) {
    if (auto allowed = require_chief_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const number = year_of(exchange);
    if (!number) return number.error();
    json const text = {{"years",
                        {{{"year", *number},
                          {"holidays", exchange.fields.texts("holidays")},
                          {"makeup_workdays", exchange.fields.texts("makeup_workdays")}}}}};
    auto read = engine::read_calendar(text.dump());
    if (!read) return read.error();
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    auto& administration = exchange.office().administration;
    if (exchange.query("dry_run") == "true") {
        auto const checked =
            administration.check_calendar_year(exchange.actor, read->front(), *expected);
        if (!checked) return checked.error();
        return shown(*checked);
    }
    auto const saved = administration.save_calendar_year(exchange.actor, read->front(), *expected);
    if (!saved) return saved.error();
    return shown(exchange, *number);
}

Outcome<Response> working_days(Exchange& exchange) {
    auto const from = exchange.query("from");
    auto const moment = engine::time_of(from + "T12:00:00+08:00");
    if (from.size() != 10 || !moment) {
        return invalid_field("from", "wrong_type"_code,
                             "The value is not a date such as 2026-11-24.");
    }
    auto const days = query_number(exchange.request, "days", 0, limits::working_days_ahead, 0);
    if (!days) return days.error();
    auto const rules = exchange.office().rulebook.rules();
    auto const end = rules->calendar.add_working_days(*moment, static_cast<int>(*days));
    return json_response({{"from", from},
                          {"days", *days},
                          {"day", day_text(end)},
                          {"is_provisional", rules->calendar.is_provisional(*moment, end)}});
}

} // namespace banjie::api::calendar
