#pragma once
// Who sees what, and who administers what. A township sees its own problems, a county all below it,
// a unit what it handles or co-handles. What one may not see is `not_found`.

#include "engine/command.hpp"

#include <string>
#include <vector>

namespace banjie::engine {

/// The codes that an instance is seen by, kept with its events:
///   "*"          everybody who is signed in
///   "<region>*"  whoever reaches the whole of a region that covers it
///   "!<code>"    whoever administers that region or organisation (events of documents)
///   "<code>"     the organisation of that code
[[nodiscard]] std::vector<std::string> seen_by(Instance const& instance);
/// A draft, and one that was discarded: nobody's business but its reporter's.
[[nodiscard]] bool is_unsubmitted(Instance const& instance);

/// The actor's reach over instances of every workflow:
/// - rounds are seen by everybody who is signed in;
/// - what was not submitted is seen by its reporting unit alone;
/// - `whole_region`: everything whose region the actor's region covers (governments; and
///   departments' coordinators, screeners, visitors, supervisors, administrators);
/// - always: what the own organisation reports, leads or co-handles, and the consultations that it
///   convenes or takes part in.
struct Reach {               // views into the actor
    bool everything = false; // the system actor
    bool whole_region = false;
    std::string_view region, organisation;
};
[[nodiscard]] Reach reach_of(Actor const& actor);
[[nodiscard]] bool may_see(Actor const& actor, Instance const& instance);
/// The same for an event of the stream, from its `seen_by` codes.
[[nodiscard]] bool may_see_codes(Actor const& actor, std::vector<std::string> const& codes);

/// Whether `code`, of a region or an organisation, is that organisation or below it: below a region
/// are its departments and the regions in it, below a department is nothing.
[[nodiscard]] bool is_within(std::string_view code, std::string_view organisation);
/// Whether the actor administers that region or organisation. The administrator of a government
/// administers everything within its region, the administrator of a department that department
/// alone.
[[nodiscard]] bool administers(Actor const& actor, std::string_view code);
/// Whether the actor administers what holds everywhere: an administrator of the province's
/// government, not of one of its departments.
[[nodiscard]] bool is_chief_administrator(Actor const& actor);
/// Whether an administrator may give those roles. The administrator of a department gives none
/// whose holder oversees the whole region.
[[nodiscard]] bool may_give(Actor const& actor, Roles roles);

/// How an instance is refused that is absent, and one that the actor may not see: both alike.
[[nodiscard]] Refusal absent_instance(std::string_view id);

} // namespace banjie::engine
