#include "engine/rules/policy_file.hpp"

#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/rules/rulebook.hpp"
#include "workflows/contract/limits.hpp"
#include "workflows/contract/workflow.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace banjie::engine {

using nlohmann::json;
using workflows::CalendarYear;
using workflows::Date;
using workflows::Policy;

namespace {

/// A strict reader of a JSON file. Collects findings with their paths, at most as many as a refusal
/// shows.
class Reading {
public:
    /// `invalid`: the code of its refusal.
    Reading(std::string_view what, RefusalCode invalid) : what_(what), invalid_(invalid) {}

    void complain(std::string path, RefusalCode code, std::string detail) {
        if (has_enough()) return;
        errors_.push_back({std::move(path), code, std::move(detail)});
    }

    [[nodiscard]] bool has_enough() const {
        return errors_.size() == workflows::limits::field_errors;
    }

    json parse(std::string_view text) {
        json read = json::parse(text, nullptr, false);
        if (!read.is_object()) {
            complain("", "malformed"_code, "The text is not a JSON object.");
            return json::object();
        }
        return read;
    }

    void allow_only(json const& object, std::string const& path,
                    std::initializer_list<std::string_view> names) {
        for (auto const& [name, value] : object.items())
            if (!has_enough() && std::find(names.begin(), names.end(), name) == names.end())
                complain(path + name, "unknown_field"_code, "There is no field of that name.");
    }

    std::string text(json const& value, std::string const& path) {
        if (value.is_string()) return value.get<std::string>();
        complain(path, "wrong_type"_code, "The value is missing or not a text.");
        return {};
    }

    workflows::Texts texts(json const& value, std::string const& path) {
        workflows::Texts all;
        if (!value.is_array())
            complain(path, "wrong_type"_code, "The value is missing or not a list of texts.");
        else
            for (auto const& one : value)
                if (!has_enough()) all.push_back(text(one, path));
        return all;
    }

    int integer(json const& value, std::string const& path) {
        if (value.is_number_integer() && value >= 0 && value <= 100'000) return value.get<int>();
        complain(path, "wrong_type"_code, "The value is not a whole number from 0 to 100,000.");
        return 0;
    }

    /// Returns the member, which must be an object. Otherwise returns an empty object and adds a
    /// finding.
    json const& object(json const& parent, char const* name) {
        static json const none = json::object();
        auto const found = parent.find(name);
        if (found != parent.end() && found->is_object()) return *found;
        complain(name, found == parent.end() ? "required"_code : "wrong_type"_code,
                 "The entry is missing or not an object.");
        return none;
    }

    [[nodiscard]] std::optional<Refusal> refusal() {
        if (errors_.empty()) return std::nullopt;
        return Refusal{invalid_,
                       "The " + what_ + " is not valid. Errors: " +
                           (has_enough() ? "at least " : "") + std::to_string(errors_.size()) + ".",
                       "Correct the entries listed in \"errors\".", std::move(errors_)};
    }

private:
    std::string what_;
    RefusalCode invalid_;
    std::vector<FieldError> errors_;
};

void read_numbers(Reading& reading, json const& parent, char const* name,
                  std::map<std::string, int, std::less<>>& numbers) {
    for (auto const& [key, value] : reading.object(parent, name).items()) {
        if (reading.has_enough()) return;
        numbers[key] = reading.integer(value, std::string(name) + "." + key);
    }
}

void read_labels(Reading& reading, json const& parent, Policy& policy) {
    for (auto const& [key, value] : reading.object(parent, "labels").items()) {
        if (reading.has_enough()) return;
        auto const path = "labels." + key + ".";
        if (!value.is_object()) {
            reading.complain(path, "wrong_type"_code,
                             "The value is not of the form {\"zh\",\"en\"}.");
            continue;
        }
        reading.allow_only(value, path, {"zh", "en"});
        policy.labels[key] = {reading.text(value.value("zh", json()), path + "zh"),
                              reading.text(value.value("en", json()), path + "en")};
    }
}

void read_notify(Reading& reading, json const& parent, Policy& policy) {
    auto const found = parent.find("notify");
    if (found == parent.end()) return;
    if (!found->is_array()) {
        reading.complain("notify", "wrong_type"_code, "The value is not a list.");
        return;
    }
    for (auto const& rule : *found) {
        if (reading.has_enough()) return;
        if (!rule.is_object()) {
            reading.complain("notify", "wrong_type"_code,
                             "The value is not of the form {\"event\",\"to\"}.");
            continue;
        }
        reading.allow_only(rule, "notify.", {"event", "to", "zh", "en"});
        policy.notify.push_back({reading.text(rule.value("event", json()), "notify.event"),
                                 reading.texts(rule.value("to", json()), "notify.to"),
                                 {reading.text(rule.value("zh", json("")), "notify.zh"),
                                  reading.text(rule.value("en", json("")), "notify.en")}});
    }
}

void read_groups(Reading& reading, json const& parent, Policy& policy) {
    auto const found = parent.find("groups");
    if (found == parent.end()) return;
    if (!found->is_array())
        return reading.complain("groups", "wrong_type"_code, "The value is not a list.");
    for (auto const& group : *found) {
        if (!group.is_object()) {
            reading.complain("groups", "wrong_type"_code,
                             "The value is not of the form {\"name\",\"zh\",\"en\",\"facts\"}.");
            continue;
        }
        reading.allow_only(group, "groups.", {"name", "zh", "en", "facts"});
        policy.groups.push_back({reading.text(group.value("name", json()), "groups.name"),
                                 {reading.text(group.value("zh", json()), "groups.zh"),
                                  reading.text(group.value("en", json()), "groups.en")},
                                 reading.texts(group.value("facts", json()), "groups.facts")});
    }
}

void read_apart(Reading& reading, json const& parent, Policy& policy) {
    auto const found = parent.find("apart");
    if (found == parent.end()) return;
    if (!found->is_array() || found->size() > limits::apart_rules)
        return reading.complain("apart", "wrong_type"_code,
                                "The value is not a list of at most 16 rules.");
    for (auto const& rule : *found) {
        if (!rule.is_object()) {
            reading.complain("apart", "wrong_type"_code,
                             "The value is not of the form {\"first\",\"then\",\"except\"}.");
            continue;
        }
        reading.allow_only(rule, "apart.", {"first", "then", "except"});
        policy.apart.push_back(
            {reading.texts(rule.value("first", json()), "apart.first"),
             reading.texts(rule.value("then", json()), "apart.then"),
             reading.texts(rule.value("except", json::array()), "apart.except")});
    }
}

std::optional<Date> date_of(std::string_view text) {
    int year = 0;
    unsigned month = 0, day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto const number = [&](std::size_t at, std::size_t size, auto& value) {
        auto const* end = text.data() + at + size;
        return std::from_chars(text.data() + at, end, value).ptr == end;
    };
    if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    return date.ok() ? std::optional(Date(date)) : std::nullopt;
}

void read_dates(Reading& reading, json const& year, int number, char const* name,
                std::set<Date>& dates) {
    for (auto const& text : reading.texts(year.value(name, json::array()), name)) {
        if (reading.has_enough()) return;
        auto const date = date_of(text);
        if (!date || static_cast<int>(std::chrono::year_month_day(*date).year()) != number)
            reading.complain(name, "invalid_date"_code,
                             "'" + text + "' is not a date of that year.");
        else
            dates.insert(*date);
    }
}

} // namespace

Outcome<Policy> read_policy(std::string_view json_text, Workflows const& workflows) {
    Reading reading("policy", "invalid_policy"_code);
    json const read = reading.parse(json_text);
    reading.allow_only(read, "",
                       {"workflow", "working_days", "limits", "vocabularies", "labels", "notify",
                        "groups", "apart"});
    Policy policy;
    policy.workflow = reading.text(read.value("workflow", json()), "workflow");
    read_numbers(reading, read, "working_days", policy.working_days);
    read_numbers(reading, read, "limits", policy.limits);
    for (auto const& [key, value] : reading.object(read, "vocabularies").items())
        policy.vocabularies[key] = reading.texts(value, "vocabularies." + key);
    read_labels(reading, read, policy);
    read_notify(reading, read, policy);
    read_groups(reading, read, policy);
    read_apart(reading, read, policy);
    auto const* workflow = workflows.find(policy.workflow);
    if (workflow == nullptr)
        reading.complain("workflow", "unknown_workflow"_code, "There is no such workflow.");
    else
        for (auto& [place, code, detail] : check_policy(*workflow, policy))
            reading.complain(std::move(place), code, std::move(detail));
    if (auto refusal = reading.refusal()) return std::move(*refusal);
    return policy;
}

Outcome<std::vector<CalendarYear>> read_calendar(std::string_view json_text) {
    Reading reading("calendar", "invalid_calendar"_code);
    json const read = reading.parse(json_text);
    reading.allow_only(read, "", {"source", "years"});
    std::vector<CalendarYear> years;
    json const list = read.value("years", json());
    if (!list.is_array())
        reading.complain("years", "required"_code, "The value is missing or not a list of years.");
    for (auto const& one : list.is_array() ? list : json::array()) {
        if (reading.has_enough()) break;
        if (!one.is_object()) {
            reading.complain("years", "wrong_type"_code, "A year is not an object.");
            continue;
        }
        reading.allow_only(one, "years.", {"year", "holidays", "makeup_workdays"});
        CalendarYear year;
        year.year = reading.integer(one.value("year", json()), "years.year");
        if (year.year < 2000 || year.year > 2200)
            reading.complain("years.year", "out_of_range"_code,
                             "The year is not from 2000 to 2200.");
        read_dates(reading, one, year.year, "holidays", year.holidays);
        read_dates(reading, one, year.year, "makeup_workdays", year.makeup_workdays);
        years.push_back(std::move(year));
    }
    if (auto refusal = reading.refusal()) return std::move(*refusal);
    return years;
}

} // namespace banjie::engine
