#include "engine/jurisdiction.hpp"

#include "engine/refusal_codes.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

constexpr std::string_view nobody = "-";

/// Roles whose holder oversees the whole region, in a department too.
constexpr Role overseeing[] = {Role::coordinator, Role::screener, Role::visitor, Role::supervisor};

constexpr Role offices[] = {Role::administrator, Role::security_administrator, Role::auditor};

bool oversees(Roles roles) {
    return std::any_of(std::begin(overseeing), std::end(overseeing),
                       [roles](Role role) { return roles.has(role); });
}

bool reaches_its_whole_region(Actor const& actor) {
    return !actor.of_department || oversees(actor.roles) || actor.has(Role::administrator);
}

/// Returns whether holders of the role are addressed at their organisation. All others are
/// addressed at their region.
bool is_of_organisation(Role role) {
    return role == Role::reporter || role == Role::handler;
}

std::string code_of(Place const& place) {
    switch (place.sight) {
    case Sight::region:
        return place.code + '*';
    case Sight::unit:
        return place.code;
    case Sight::person:
        return '@' + place.code;
    case Sight::everybody:
    case Sight::everyone:
        break;
    }
    return "*";
}

/// Returns whether the place needs a code and has none. Nobody holds such a place.
bool is_nowhere(PlaceView place) {
    bool const is_open = place.sight == Sight::everybody || place.sight == Sight::everyone;
    return !is_open && place.code.empty();
}

PlaceView place_of(std::string_view code) {
    if (code == "*") return {Sight::everybody, {}};
    if (code.ends_with('*')) return {Sight::region, code.substr(0, code.size() - 1)};
    if (code.starts_with('@')) return {Sight::person, code.substr(1)};
    return {Sight::unit, code == nobody ? std::string_view() : code};
}

bool holds(Actor const& actor, Role role, std::string_view code) {
    return actor.has(Role::system) || (actor.has(role) && is_within(code, actor.organisation));
}

bool is_of_the_top(Actor const& actor) {
    return !actor.of_department && actor.level == Level::province;
}

bool is_seen(auto const& held, PlaceView place) {
    return std::any_of(held.begin(), held.end(), [&](PlaceView one) { return sees(one, place); });
}

} // namespace

bool sees_everything(Actor const& actor) {
    return actor.has(Role::system);
}

absl::InlinedVector<PlaceView, 4> places_of(Actor const& actor) {
    absl::InlinedVector<PlaceView, 4> places{{Sight::everybody, {}}};
    auto const stand_at = [&places](PlaceView place) {
        if (!is_nowhere(place)) places.push_back(place);
    };
    if (reaches_its_whole_region(actor)) stand_at({Sight::region, actor.region});
    stand_at({Sight::unit, actor.organisation});
    stand_at({Sight::person, actor.user});
    return places;
}

bool sees(PlaceView held, PlaceView place) {
    if (is_nowhere(place)) return false;
    switch (place.sight) {
    case Sight::region:
        return held.sight == Sight::region && place.code.starts_with(held.code);
    case Sight::everybody:
    case Sight::everyone:
        return held.sight == Sight::everybody;
    case Sight::unit:
    case Sight::person:
        break;
    }
    return held.sight == place.sight && held.code == place.code;
}

bool may_see(Actor const& actor, std::span<Place const> seen_by) {
    if (sees_everything(actor)) return true;
    auto const held = places_of(actor);
    return std::any_of(seen_by.begin(), seen_by.end(),
                       [&held](Place const& place) { return is_seen(held, place); });
}

bool may_see(Actor const& actor, Workflow const& workflow, Instance const& instance) {
    return sees_everything(actor) || may_see(actor, workflow.seen_by(instance));
}

std::vector<std::string> codes_of(std::span<Place const> seen_by) {
    std::vector<std::string> codes;
    codes.reserve(seen_by.size());
    for (auto const& place : seen_by) {
        if (is_nowhere(place)) continue;
        auto code = code_of(place);
        if (std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.push_back(std::move(code));
    }
    if (codes.empty()) codes.emplace_back(nobody);
    return codes;
}

bool may_see_codes(Actor const& actor, std::vector<std::string> const& codes) {
    if (sees_everything(actor)) return true;
    auto const held = places_of(actor);
    return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) {
        if (code.starts_with('!')) return audits(actor, code.substr(1));
        return is_seen(held, place_of(code));
    });
}

bool is_within(std::string_view code, std::string_view organisation) {
    bool const is_region = Region::from(organisation).has_value();
    return code == organisation || (is_region && code.starts_with(organisation));
}

bool administers(Actor const& actor, std::string_view code) {
    return holds(actor, Role::administrator, code);
}

bool secures(Actor const& actor, std::string_view code) {
    return holds(actor, Role::security_administrator, code) ||
           (!actor.separated && administers(actor, code));
}

bool audits(Actor const& actor, std::string_view code) {
    return holds(actor, Role::auditor, code) || (!actor.separated && administers(actor, code));
}

bool is_chief_administrator(Actor const& actor) {
    return actor.has(Role::system) || (actor.has(Role::administrator) && is_of_the_top(actor));
}

bool is_chief_security_administrator(Actor const& actor) {
    if (actor.has(Role::security_administrator) && is_of_the_top(actor)) return true;
    return actor.has(Role::system) || (!actor.separated && is_chief_administrator(actor));
}

bool holds_office(Roles roles) {
    return std::any_of(std::begin(offices), std::end(offices),
                       [roles](Role role) { return roles.has(role); });
}

bool mixes_offices(Roles roles) {
    return std::count_if(std::begin(offices), std::end(offices),
                         [roles](Role role) { return roles.has(role); }) > 1;
}

bool may_give(Actor const& actor, Roles roles) {
    return !actor.of_department || !oversees(roles);
}

std::vector<std::string> addresses_of(Actor const& actor) {
    std::vector<std::string> addresses;
    for (std::size_t i = 0; i < workflows::role_count; ++i) {
        auto const role = static_cast<Role>(i);
        if (role == Role::system || !actor.has(role)) continue;
        auto const& code = is_of_organisation(role) ? actor.organisation : actor.region;
        addresses.push_back(Address{.role = role, .code = code}.text());
    }
    if (!actor.user.empty())
        addresses.push_back(Address{.role = std::nullopt, .code = actor.user}.text());
    return addresses;
}

bool is_private(Workflow const& workflow, Instance const& instance) {
    auto const* const state = workflow.state(instance.state());
    return state != nullptr && state->is_private;
}

Refusal absent_instance(std::string_view id) {
    return {"instance_not_found"_code,
            "There is no \"" + std::string(id) + "\", or you may not see it.",
            "Check the id. Ask the person who reported it whether it is in your jurisdiction."};
}

} // namespace banjie::engine
