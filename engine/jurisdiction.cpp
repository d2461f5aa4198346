#include "engine/jurisdiction.hpp"

#include <algorithm>

namespace banjie::engine {

bool is_unsubmitted(Instance const& instance) {
    return instance.state() == "draft" || instance.state() == "discarded";
}

std::vector<std::string> seen_by(Instance const& instance) {
    if (instance.workflow == "round") return {"*"};
    auto const& facts = instance.facts;
    std::string const reporting_unit(facts.text("reporting_unit"));
    if (is_unsubmitted(instance)) return {reporting_unit};
    std::vector<std::string> codes{std::string(facts.text("region")) + "*"};
    auto const add = [&codes](std::string_view code) {
        if (!code.empty() && std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.emplace_back(code);
    };
    add(reporting_unit);
    add(facts.text("lead_unit"));
    add(facts.text("convener"));
    for (auto const* units : {"co_handlers", "participants"})
        for (auto const& unit : facts.texts(units)) add(unit);
    return codes;
}

Reach reach_of(Actor const& actor) {
    if (actor.has(Role::system)) return {.everything = true, .region = {}, .organisation = {}};
    bool whole_region = !actor.of_department;
    for (Role const role :
         {Role::coordinator, Role::screener, Role::visitor, Role::supervisor, Role::administrator})
        whole_region = whole_region || actor.has(role);
    return {.everything = false,
            .whole_region = whole_region,
            .region = actor.region,
            .organisation = actor.organisation};
}

bool may_see(Actor const& actor, Instance const& instance) {
    return may_see_codes(actor, seen_by(instance));
}

bool may_see_codes(Actor const& actor, std::vector<std::string> const& codes) {
    Reach const reach = reach_of(actor);
    if (reach.everything) return true;
    return std::any_of(codes.begin(), codes.end(), [&](std::string_view code) {
        if (code == "*") return true;
        if (code.ends_with('*')) {
            code.remove_suffix(1);
            return reach.whole_region && code.starts_with(reach.region);
        }
        if (code.starts_with('!'))
            return actor.has(Role::administrator) && code.substr(1).starts_with(reach.region);
        return code == reach.organisation;
    });
}

Refusal absent_instance(std::string_view id) {
    return {RefusalKind::not_found, "instance_not_found",
            "Expected to find \"" + std::string(id) + "\", but there is none that you may see.",
            "Check the id; ask whoever reported it whether it lies in your jurisdiction."};
}

} // namespace banjie::engine
