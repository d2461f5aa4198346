#pragma once
// Who sees what. A township its own problems, a county all below it, a unit what it handles or
// co-handles. What one may not see is `not_found`.

#include "engine/command.hpp"

#include <string>
#include <vector>

namespace banjie::engine {

/// The codes that an instance is seen by, kept with its events:
///   "*"          everybody who is signed in
///   "<region>*"  whoever reaches the whole of a region that covers it
///   "!<region>"  administrators who cover it (events of documents)
///   "<code>"     the organisation of that code
[[nodiscard]] std::vector<std::string> seen_by(Instance const& instance);
/// A draft, and one that was discarded: nobody's business but its reporter's.
[[nodiscard]] bool is_unsubmitted(Instance const& instance);

/// The actor's reach over instances of every workflow:
/// - rounds are seen by everybody who is signed in;
/// - what was not submitted is seen by its reporting unit alone;
/// - `whole_region`: everything whose region the actor's region covers (governments; and
/// departments'
///   coordinators, screeners, visitors, supervisors, administrators);
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

/// How an instance is refused that is absent, and one that the actor may not see: both alike.
[[nodiscard]] Refusal absent_instance(std::string_view id);

} // namespace banjie::engine
