#include "engine/jurisdiction.hpp"

#include <algorithm>

namespace banjie::engine {

bool is_unsubmitted(Instance const& instance) {
    return instance.state() == "draft" || instance.state() == "discarded";
}

namespace {

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
        if (code.starts_with('!'))
            return actor.has(Role::administrator) && code.substr(1).starts_with(reach.region);
        if (code.ends_with('*')) return reaches(reach, {code.substr(0, code.size() - 1), true});
        return reaches(reach, {code});
    });
}

Refusal absent_instance(std::string_view id) {
    return {RefusalKind::not_found, "instance_not_found",
            "Expected to find \"" + std::string(id) + "\", but there is none that you may see.",
            "Check the id; ask whoever reported it whether it lies in your jurisdiction."};
}

} // namespace banjie::engine
