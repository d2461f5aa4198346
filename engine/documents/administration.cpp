#include "engine/documents/administration.hpp"

#include "engine/jurisdiction.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/rules/policy_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace banjie::engine {

using nlohmann::json;
using CalendarYear = Administration::CalendarYear;

namespace {

constexpr std::string_view year_kind = "calendar_year";
constexpr std::string_view policy_kind = "policy";

Refusal forbidden() {
    return {"forbidden"_code,
            "Only an administrator of the province's government may change what holds everywhere.",
            "Ask such an administrator to do it."};
}

std::string text_of(workflows::Date date) {
    std::chrono::year_month_day const day(date);
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

std::string text_of(CalendarYear const& year) {
    json holidays = json::array(), makeup_workdays = json::array();
    for (auto const date : year.holidays) holidays.push_back(text_of(date));
    for (auto const date : year.makeup_workdays) makeup_workdays.push_back(text_of(date));
    return json{{"years",
                 {{{"year", year.year},
                   {"holidays", std::move(holidays)},
                   {"makeup_workdays", std::move(makeup_workdays)}}}}}
        .dump();
}

/// Returns the calendar with that year added or replaced.
Calendar with(Calendar const& calendar, CalendarYear year) {
    std::vector<CalendarYear> years;
    for (int const number : calendar.years())
        if (number != year.year) years.push_back(*calendar.year(number));
    years.push_back(std::move(year));
    return Calendar(std::move(years));
}

std::uint64_t version_of(Rules const& rules, CalendarYear const& year) {
    auto const* known = rules.calendar.year(year.year);
    return known == nullptr ? 0 : known->version;
}

std::uint64_t version_of(Rules const& rules, Policy const& policy) {
    return rules.policies.at(policy.workflow).version;
}

/// Returns the argument with the version that it replaces. Refuses if that is not the expected
/// version.
template <class Saved>
Outcome<Saved> based(Saved saved, Rules const& rules, Administration::ExpectedVersion expected) {
    saved.version = version_of(rules, saved);
    if (expected.value_or(saved.version) == saved.version) return saved;
    return refusal_of({storage::Fault::conflict, ""}, "save this");
}

DocumentChange change_of(std::string_view kind, std::string id, std::uint64_t version,
                         std::string body, std::string event) {
    std::string said = json{{std::string(kind), id}}.dump();
    return {.kind = std::string(kind),
            .id = std::move(id),
            .expected_version = version,
            .body = std::move(body),
            .event = std::move(event),
            .said = std::move(said)};
}

/// A policy that was saved before the workflow had a limit or a word has the built-in one.
std::string completed(std::string const& saved, Policy const* built_in) {
    auto policy = json::parse(saved, nullptr, false);
    if (!policy.is_object() || built_in == nullptr) return saved;
    auto& limits = policy["limits"];
    for (auto const& [name, number] : built_in->limits)
        if (limits.is_object() && !limits.contains(name)) limits[name] = number;
    auto& labels = policy["labels"];
    for (auto const& [name, label] : built_in->labels)
        if (labels.is_object() && !labels.contains(name))
            labels[name] = {{"zh", label.zh}, {"en", label.en}};
    return policy.dump();
}

} // namespace

Administration::Administration(Documents& documents, Rulebook& rulebook)
    : documents_(documents), rulebook_(rulebook) {}

Outcome<void> Administration::load() {
    auto rules = std::make_shared<Rules>(*rulebook_.rules());
    auto const years = documents_.all(year_kind);
    if (!years) return years.error();
    for (auto const& document : *years) {
        auto read = read_calendar(document.body);
        if (!read) return read.error();
        for (auto& year : *read) {
            year.version = document.version;
            rules->calendar = with(rules->calendar, std::move(year));
        }
    }
    auto const policies = documents_.all(policy_kind);
    if (!policies) return policies.error();
    for (auto const& document : *policies) {
        auto const built_in = rules->policies.find(document.id);
        auto read =
            read_policy(completed(document.body,
                                  built_in == rules->policies.end() ? nullptr : &built_in->second),
                        rulebook_.rules()->workflows);
        if (!read) return read.error();
        read->version = document.version;
        rules->policies.insert_or_assign(document.id, std::move(*read));
    }
    rulebook_.replace(std::move(rules));
    return {};
}

Outcome<CalendarYear> Administration::check_calendar_year(Actor const& actor, CalendarYear year,
                                                          ExpectedVersion expected) const {
    if (!is_chief_administrator(actor)) return forbidden();
    return based(std::move(year), *rulebook_.rules(), expected);
}

Outcome<void> Administration::save_calendar_year(Caller const& actor, CalendarYear year,
                                                 ExpectedVersion expected) {
    std::lock_guard const lock(mutex_);
    auto checked = check_calendar_year(actor, std::move(year), expected);
    if (!checked) return checked.error();
    auto written = documents_.write(
        actor, {change_of(year_kind, std::to_string(checked->year), checked->version,
                          text_of(*checked), "calendar_year_saved")});
    if (!written) return written;
    ++checked->version;
    auto rules = std::make_shared<Rules>(*rulebook_.rules());
    rules->calendar = with(rules->calendar, std::move(*checked));
    rulebook_.replace(std::move(rules));
    return {};
}

Outcome<Policy> Administration::check_policy(Actor const& actor, std::string_view json_text,
                                             ExpectedVersion expected) const {
    if (!is_chief_administrator(actor)) return forbidden();
    auto policy = read_policy(json_text, rulebook_.rules()->workflows);
    if (!policy) return policy.error();
    return based(std::move(*policy), *rulebook_.rules(), expected);
}

Outcome<void> Administration::save_policy(Caller const& actor, std::string_view json_text,
                                          ExpectedVersion expected) {
    std::lock_guard const lock(mutex_);
    auto policy = check_policy(actor, json_text, expected);
    if (!policy) return policy.error();
    auto written =
        documents_.write(actor, {change_of(policy_kind, policy->workflow, policy->version,
                                           std::string(json_text), "policy_saved")});
    if (!written) return written;
    ++policy->version;
    auto rules = std::make_shared<Rules>(*rulebook_.rules());
    std::string name = policy->workflow;
    rules->policies.insert_or_assign(std::move(name), std::move(*policy));
    rulebook_.replace(std::move(rules));
    return {};
}

} // namespace banjie::engine
