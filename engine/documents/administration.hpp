#pragma once
// What administrators change while the program runs: calendar years and policies. Kept as documents
// ("calendar_year", "policy") over what is built in.

#include "engine/documents/documents.hpp"
#include "engine/rules/rulebook.hpp"

#include <mutex>

namespace banjie::engine {

class Administration {
public:
    using CalendarYear = workflows::CalendarYear;
    using ExpectedVersion = std::optional<std::uint64_t>; // nullopt: whatever there is

    Administration(Documents& documents, Rulebook& rulebook);

    /// Lays the stored years and policies over the built-in ones. Refused, with every finding, when
    /// a stored policy no longer fits its workflow.
    [[nodiscard]] Outcome<void> load();

    /// Only an administrator of the province's government; checked before anything is written; in
    /// force when it returns. Refused `version_mismatch` where somebody has saved another one than
    /// expected, 0 standing for what is built in or for nothing.
    [[nodiscard]] Outcome<void> save_calendar_year(Actor const& actor, CalendarYear year,
                                                   ExpectedVersion expected);
    [[nodiscard]] Outcome<void> save_policy(Actor const& actor, std::string_view json_text,
                                            ExpectedVersion expected);
    /// What saving would put in force, or why it would be refused.
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
