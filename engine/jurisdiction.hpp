#pragma once
// Who sees what, and who administers what. A workflow says by which places an instance is seen
// (`Workflow::seen_by`), an account stands at some places, and where the two meet it sees the
// instance. What one may not see is `not_found`.

#include "engine/command.hpp"

#include <absl/container/inlined_vector.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

using workflows::Address;
using workflows::Place;
using workflows::Sight;

/// A place whose code lies elsewhere. Asking who sees an event allocates nothing.
struct PlaceView {
    PlaceView(Sight the_sight, std::string_view the_code) : sight(the_sight), code(the_code) {}
    PlaceView(Place const& place) : sight(place.sight), code(place.code) {}

    Sight sight;
    std::string_view code;
};

/// Returns the places at which an account stands: its region, if its office reaches the whole of
/// it; its organisation; itself; and where everybody is. Views into the actor.
[[nodiscard]] absl::InlinedVector<PlaceView, 4> places_of(Actor const& actor);
/// The system sees everything.
[[nodiscard]] bool sees_everything(Actor const& actor);
/// Returns whether somebody who stands at `held` sees what is seen by `place`.
[[nodiscard]] bool sees(PlaceView held, PlaceView place);

/// By no place: nobody but the system.
[[nodiscard]] bool may_see(Actor const& actor, std::span<Place const> seen_by);
[[nodiscard]] bool may_see(Actor const& actor, Workflow const& workflow, Instance const& instance);

/// Returns the codes that an instance is seen by, kept with its events:
///   "*"          everybody who is signed in
///   "<region>*"  whoever reaches the whole of a region that covers it
///   "!<code>"    whoever administers that region or organisation (events of documents)
///   "@<user>"    that account
///   "-"          nobody but the system
///   "<unit>"     that organisation
[[nodiscard]] std::vector<std::string> codes_of(std::span<Place const> seen_by);
[[nodiscard]] bool may_see_codes(Actor const& actor, std::vector<std::string> const& codes);

/// Returns the addresses at which an account is found: its roles at their places, and itself.
[[nodiscard]] std::vector<std::string> addresses_of(Actor const& actor);

/// A state that only those see whom the workflow names for it: in no figure, and told to nobody
/// else.
[[nodiscard]] bool is_private(Workflow const& workflow, Instance const& instance);

/// Whether `code`, of a region or an organisation, is that organisation or below it: below a region
/// are its departments and the regions in it, below a department is nothing.
[[nodiscard]] bool is_within(std::string_view code, std::string_view organisation);
/// Whether the actor administers that region or organisation. The administrator of a government
/// administers everything within its region, the administrator of a department that department
/// alone.
[[nodiscard]] bool administers(Actor const& actor, std::string_view code);
/// Whether the actor gives rights there: roles, keys, second factors. Where the installation keeps
/// its administrators apart, the security administrator does, else the administrator too.
[[nodiscard]] bool secures(Actor const& actor, std::string_view code);
/// The same of reading what administrators have done there: the auditor.
[[nodiscard]] bool audits(Actor const& actor, std::string_view code);
/// Whether the actor secures what holds everywhere.
[[nodiscard]] bool is_chief_security_administrator(Actor const& actor);
/// One of the three that a separated installation keeps apart.
[[nodiscard]] bool holds_office(Roles roles);
/// More than one of the three.
[[nodiscard]] bool mixes_offices(Roles roles);
/// Whether the actor administers what holds everywhere: an administrator of the province's
/// government, not of one of its departments.
[[nodiscard]] bool is_chief_administrator(Actor const& actor);
/// Whether an administrator may give those roles. The administrator of a department gives none
/// whose holder oversees the whole region.
[[nodiscard]] bool may_give(Actor const& actor, Roles roles);

/// How an instance is refused that is absent, and one that the actor may not see: both alike.
[[nodiscard]] Refusal absent_instance(std::string_view id);

} // namespace banjie::engine
