#include "engine/jurisdiction.hpp"

#include <algorithm>

namespace banjie::engine {

bool is_unsubmitted(Instance const& instance) {
    return instance.state() == "draft" || instance.state() == "discarded";
}

namespace {

/// Roles whose holder oversees the whole region, in a department too.
constexpr Role overseeing[] = {Role::coordinator, Role::screener, Role::visitor, Role::supervisor};

bool oversees(Roles roles) {
    return std::any_of(std::begin(overseeing), std::end(overseeing),
                       [roles](Role role) { return roles.has(role); });
}

struct Code {
    std::string_view code;
    bool with_all_below = false;
};

/// Calls `show` with whoever may see the instance, the same one perhaps twice; not of a round.
void each_code(Instance const& instance, auto show) {
    auto const& facts = instance.facts;
    auto const reporting_unit = facts.text("reporting_unit");
    if (is_unsubmitted(instance)) return show(Code{reporting_unit});
    show(Code{facts.text("region"), true});
    auto const show_unit = [&show](std::string_view code) {
        if (!code.empty()) show(Code{code});
    };
    show_unit(reporting_unit);
    show_unit(facts.text("lead_unit"));
    show_unit(facts.text("convener"));
    for (auto const& unit : facts.texts("co_handlers")) show_unit(unit);
    for (auto const& unit : facts.texts("participants")) show_unit(unit);
}

bool reaches(Reach const& reach, Code const& code) {
    if (!code.with_all_below) return code.code == reach.organisation;
    return reach.whole_region && code.code.starts_with(reach.region);
}

} // namespace

std::vector<std::string> seen_by(Instance const& instance) {
    if (instance.workflow == "round") return {"*"};
    std::vector<std::string> codes;
    codes.reserve(4);
    each_code(instance, [&codes](Code const& shown) {
        std::string code(shown.code);
        if (shown.with_all_below) code += '*';
        if (std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.push_back(std::move(code));
    });
    return codes;
}

Reach reach_of(Actor const& actor) {
    if (actor.has(Role::system)) return {.everything = true, .region = {}, .organisation = {}};
    return {.everything = false,
            .whole_region =
                !actor.of_department || oversees(actor.roles) || actor.has(Role::administrator),
            .region = actor.region,
            .organisation = actor.organisation};
}

bool may_see(Actor const& actor, Instance const& instance) {
    Reach const reach = reach_of(actor);
    bool sees = reach.everything || instance.workflow == "round";
    if (!sees) each_code(instance, [&](Code const& code) { sees = sees || reaches(reach, code); });
    return sees;
}

bool may_see_codes(Actor const& actor, std::vector<std::string> const& codes) {
    Reach const reach = reach_of(actor);
    if (reach.everything) return true;
    return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) {
        if (code == "*") return true;
        if (code.starts_with('!')) return administers(actor, code.substr(1));
        if (code.ends_with('*')) return reaches(reach, {code.substr(0, code.size() - 1), true});
        return reaches(reach, {code});
    });
}

bool is_within(std::string_view code, std::string_view organisation) {
    bool const is_region = organisation.find('-') == std::string_view::npos;
    return code == organisation || (is_region && code.starts_with(organisation));
}

bool administers(Actor const& actor, std::string_view code) {
    return actor.has(Role::system) ||
           (actor.has(Role::administrator) && is_within(code, actor.organisation));
}

bool is_chief_administrator(Actor const& actor) {
    return actor.has(Role::system) || (actor.has(Role::administrator) && !actor.of_department &&
                                       actor.level == Level::province);
}

bool may_give(Actor const& actor, Roles roles) {
    return !actor.of_department || !oversees(roles);
}

Refusal absent_instance(std::string_view id) {
    return {RefusalKind::not_found, "instance_not_found",
            "Expected to find \"" + std::string(id) + "\", but there is none that you may see.",
            "Check the id; ask whoever reported it whether it lies in your jurisdiction."};
}

} // namespace banjie::engine
