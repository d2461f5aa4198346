#include "workflows/kit/parts.hpp"

#include "workflows/contract/limits.hpp"

namespace banjie::workflows::kit {

namespace {

bool covers(Case const& judged) {
    return judged.context.actor.covers(judged.facts.text("region"));
}

bool stands_here(Case const& judged) {
    return judged.context.actor.level == level_of(judged.facts) && covers(judged);
}

} // namespace

bool handles(Fields const& facts, std::string_view organisation) {
    auto const& helpers = facts.texts("co_handlers");
    return facts.text("lead_unit") == organisation ||
           std::find(helpers.begin(), helpers.end(), organisation) != helpers.end();
}

Level level_of(Fields const& facts) {
    return level_named(facts.text("level")).value_or(Level::province);
}

std::string office_at(Level level, std::string_view region) {
    constexpr std::size_t digits[] = {9, 6, 4, 2}; // township, county, city, province
    return std::string(region.substr(0, digits[static_cast<std::size_t>(level)]));
}

bool Reporter::admits(Case const& judged) {
    auto const& actor = judged.context.actor;
    if (!actor.has(Role::reporter) || actor.of_department) return false;
    return judged.instance.version == 0 ||
           judged.facts.text("reporting_unit") == actor.organisation;
}

bool Coordinator::admits(Case const& judged) {
    auto const& actor = judged.context.actor;
    return actor.has(Role::coordinator) && actor.level >= Level::county;
}

bool CoordinatorHere::admits(Case const& judged) {
    return judged.context.actor.has(Role::coordinator) && stands_here(judged);
}

bool ScreenerHere::admits(Case const& judged) {
    auto const& actor = judged.context.actor;
    return (actor.has(Role::coordinator) || actor.has(Role::screener)) && stands_here(judged);
}

bool ProvincialCoordinator::admits(Case const& judged) {
    auto const& actor = judged.context.actor;
    return actor.has(Role::coordinator) && actor.level == Level::province;
}

bool LeadUnit::admits(Case const& judged) {
    auto const& actor = judged.context.actor;
    return actor.has(Role::handler) && !actor.organisation.empty() &&
           judged.facts.text("lead_unit") == actor.organisation;
}

bool CoHandler::admits(Case const& judged) {
    auto const& actor = judged.context.actor;
    return actor.has(Role::handler) && handles(judged.facts, actor.organisation) &&
           judged.facts.text("lead_unit") != actor.organisation;
}

bool FollowUpTeam::admits(Case const& judged) {
    return judged.context.actor.has(Role::visitor) && covers(judged);
}

bool Presser::admits(Case const& judged) {
    auto const& actor = judged.context.actor;
    return (actor.has(Role::coordinator) || actor.has(Role::supervisor)) && covers(judged) &&
           actor.level >= level_of(judged.facts);
}

Verdict VisitorIsIndependent::operator()(Case const& judged) const {
    if (!handles(judged.facts, judged.context.actor.organisation)) return std::nullopt;
    return judged.refuse("visitor_is_of_handling_unit",
                         "the visitor belongs to a unit that handled it",
                         "Let somebody of another unit go back and ask.");
}

Verdict UnitsAreFit::operator()(Case const& judged, Fields const& fields) const {
    Texts units{std::string(fields.text("lead_unit"))};
    auto const& helpers = fields.texts("co_handlers");
    if (helpers.size() > limits::co_handlers)
        return judged.refuse("too_many_co_handlers",
                             "more than " + std::to_string(limits::co_handlers) +
                                 " co-handlers are named",
                             "Name fewer.");
    units.insert(units.end(), helpers.begin(), helpers.end());
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (i > 0 && units[i] == units[0])
            return judged.refuse("lead_unit_is_co_handler",
                                 "'" + units[0] + "' is named as lead unit and as co-handler",
                                 "Name it once.");
        auto const unit = judged.context.world.unit(units[i]);
        if (!unit)
            return judged.refuse_field(i == 0 ? "lead_unit" : "co_handlers",
                                       i == 0 ? "unknown_lead_unit" : "unknown_co_handler",
                                       "there is no unit '" + units[i] + "'",
                                       "Look it up among the organisations.");
        if (!judged.context.actor.covers(unit->code))
            return judged.refuse("unit_outside_jurisdiction",
                                 "'" + units[i] + "' is not within your jurisdiction",
                                 "Pass it upward, or name a unit of your own region.");
    }
    return std::nullopt;
}

Verdict DueIsAhead::operator()(Case const& judged, Fields const& fields) const {
    auto const due = fields.time("due_at");
    if (!due || *due > judged.context.now) return std::nullopt;
    return judged.refuse("due_at_is_past", "the due date has passed already",
                         "Give a date ahead, or none to take the usual one.");
}

Verdict PlaceIsOwn::operator()(Case const& judged, Fields const& fields) const {
    if (!fields.has("region")) return std::nullopt;
    auto const region = fields.text("region");
    if (!judged.context.world.region(region))
        return judged.refuse_field("region", "unknown_region",
                                   "there is no region '" + std::string(region) + "'",
                                   "Choose one from the tree of regions.");
    auto const& actor = judged.context.actor;
    if (actor.has(Role::system) || actor.covers(region)) return std::nullopt;
    return judged.refuse("region_outside_jurisdiction",
                         "'" + std::string(region) + "' is not your own place or below it",
                         "Report what happens in your own place.");
}

Verdict CategoryIsKnown::operator()(Case const& judged, Fields const& fields) const {
    if (!fields.has("category")) return std::nullopt;
    auto const category = fields.text("category");
    if (judged.context.policy.lists("category", category)) return std::nullopt;
    return judged.refuse_field("category", "unknown_category",
                               "there is no category '" + std::string(category) + "'",
                               "Choose one of the policy's categories.");
}

} // namespace banjie::workflows::kit
