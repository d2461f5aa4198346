#pragma once
// What administrators change while the program runs: calendar years and policies. Kept as documents
// ("calendar_year", "policy") over what is built in.

#include "engine/documents.hpp"
#include "engine/rulebook.hpp"

#include <mutex>

namespace banjie::engine {

class Administration {
public:
    Administration(Documents& documents, Rulebook& rulebook);

    /// Lays the stored years and policies over the built-in ones. Refused, with every finding, when
    /// a stored policy no longer fits its workflow.
    [[nodiscard]] Outcome<void> load();

    /// Only an administrator of the province; checked before anything is written; in force when it
    /// returns.
    [[nodiscard]] Outcome<void> save_calendar_year(Actor const& actor,
                                                   workflows::CalendarYear year);
    [[nodiscard]] Outcome<void> save_policy(Actor const& actor, std::string_view json_text);
    /// What `save_policy` would put in force, or why it would refuse.
    [[nodiscard]] Outcome<Policy> check_policy(Actor const& actor,
                                               std::string_view json_text) const;

private:
    Documents& documents_;
    Rulebook& rulebook_;
    std::mutex mutex_; // one change at a time
};

} // namespace banjie::engine
