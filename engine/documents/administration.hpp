#pragma once
// Calendar years and policies that administrators change while the program runs. Stored as
// documents ("calendar_year", "policy") that override the built-in ones.

#include "engine/documents/documents.hpp"
#include "engine/rules/rulebook.hpp"

#include <mutex>

namespace banjie::engine {

class Administration {
public:
    using CalendarYear = workflows::CalendarYear;
    using ExpectedVersion = std::optional<std::uint64_t>; // nullopt: any

    Administration(Documents& documents, Rulebook& rulebook);

    /// Overrides the built-in years and policies with the stored ones. Refuses, with every finding,
    /// if a stored policy is no longer valid for its workflow.
    [[nodiscard]] Outcome<void> load();

    /// Checks the year or policy, then saves it. Allowed only to an administrator of the province's
    /// government. It is in force when this returns. Refuses with `version_mismatch` if the stored
    /// version is not the expected one; version 0 is the built-in one, or none.
    [[nodiscard]] Outcome<void> save_calendar_year(Caller const& actor, CalendarYear year,
                                                   ExpectedVersion expected);
    [[nodiscard]] Outcome<void> save_policy(Caller const& actor, std::string_view json_text,
                                            ExpectedVersion expected);
    /// Returns the year or policy that saving would put in force, or the refusal.
    [[nodiscard]] Outcome<CalendarYear> check_calendar_year(Actor const& actor, CalendarYear year,
                                                            ExpectedVersion expected) const;
    [[nodiscard]] Outcome<Policy> check_policy(Actor const& actor, std::string_view json_text,
                                               ExpectedVersion expected) const;

private:
    Documents& documents_;
    Rulebook& rulebook_;
    std::mutex mutex_; // one change at a time
};

} // namespace banjie::engine
