#pragma once
// Visibility and administration. A workflow names the places by which an instance is seen
// (`Workflow::seen_by`), an account holds places, and it sees an instance if one of its places
// matches. An instance that the caller may not see is `not_found`.

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

/// A place whose code is stored elsewhere, so that checking who sees an event allocates nothing.
struct PlaceView {
    PlaceView(Sight the_sight, std::string_view the_code) : sight(the_sight), code(the_code) {}
    PlaceView(Place const& place) : sight(place.sight), code(place.code) {}

    Sight sight;
    std::string_view code;
};

/// Returns the places that an account holds: its region, if its office reaches the whole of it; its
/// organisation; the account itself; and the place of everybody. The result views into the actor.
[[nodiscard]] absl::InlinedVector<PlaceView, 4> places_of(Actor const& actor);
/// Returns whether the actor is the system, which sees everything.
[[nodiscard]] bool sees_everything(Actor const& actor);
/// Returns whether a holder of `held` sees what is seen by `place`.
[[nodiscard]] bool sees(PlaceView held, PlaceView place);

/// Returns whether the actor sees what is seen by these places. Without places, only the system
/// does.
[[nodiscard]] bool may_see(Actor const& actor, std::span<Place const> seen_by);
[[nodiscard]] bool may_see(Actor const& actor, Workflow const& workflow, Instance const& instance);

/// Returns the codes of the places by which an instance is seen, as stored with its events:
///   "*"          everybody who is signed in
///   "<region>*"  everybody who reaches the whole of a region that covers it
///   "!<code>"    everybody who audits that region or organisation (events of documents)
///   "@<user>"    that account
///   "-"          only the system
///   "<unit>"     that organisation
[[nodiscard]] std::vector<std::string> codes_of(std::span<Place const> seen_by);
[[nodiscard]] bool may_see_codes(Actor const& actor, std::vector<std::string> const& codes);

/// Returns the addresses of an account: each of its roles at its place, and the account itself.
[[nodiscard]] std::vector<std::string> addresses_of(Actor const& actor);

/// Returns whether the state is one that only the parties see whom the workflow names for it. Such
/// an instance is in no figure, and others get no events of it.
[[nodiscard]] bool is_private(Workflow const& workflow, Instance const& instance);

/// Returns whether `code`, of a region or an organisation, is that organisation or below it. Below
/// a region are its departments and the regions in it; nothing is below a department.
[[nodiscard]] bool is_within(std::string_view code, std::string_view organisation);
/// Returns whether the actor administers that region or organisation. The administrator of a
/// government administers everything within its region; the administrator of a department
/// administers that department alone.
[[nodiscard]] bool administers(Actor const& actor, std::string_view code);
/// Returns whether the actor grants rights there: roles, keys, second factors. The security
/// administrator does. The administrator does too unless the installation separates its
/// administrators.
[[nodiscard]] bool secures(Actor const& actor, std::string_view code);
/// Returns whether the actor may read what administrators have done there. The auditor may. The
/// administrator may too unless the installation separates its administrators.
[[nodiscard]] bool audits(Actor const& actor, std::string_view code);
/// Returns whether the actor grants rights that hold everywhere.
[[nodiscard]] bool is_chief_security_administrator(Actor const& actor);
/// Returns whether one of these is a role that a separated installation keeps apart: administrator,
/// security administrator or auditor.
[[nodiscard]] bool holds_office(Roles roles);
/// Returns whether these are more than one of those three roles.
[[nodiscard]] bool mixes_offices(Roles roles);
/// Returns whether the actor administers what holds everywhere: it is an administrator of the
/// province's government, not of one of its departments.
[[nodiscard]] bool is_chief_administrator(Actor const& actor);
/// Returns whether an administrator may grant these roles. The administrator of a department grants
/// no role whose holder oversees the whole region.
[[nodiscard]] bool may_give(Actor const& actor, Roles roles);

/// Returns the refusal of an instance that is absent or that the actor may not see. Both get the
/// same refusal.
[[nodiscard]] Refusal absent_instance(std::string_view id);

} // namespace banjie::engine
