#include "workflows/shared/guards.hpp"

#include "workflows/contract/limits.hpp"

namespace banjie::workflows::shared {

Verdict judge_independence(Actor const& actor, std::string_view lead_unit,
                           Texts const& co_handlers) {
    bool const handles =
        lead_unit == actor.organisation ||
        std::find(co_handlers.begin(), co_handlers.end(), actor.organisation) != co_handlers.end();
    if (!handles) return std::nullopt;
    return Reason{"visitor_is_of_handling_unit"_code, "you belong to a unit that handled it"};
}

Verdict judge_units(Case const& here, std::string_view lead_unit, Texts const& co_handlers) {
    if (co_handlers.size() > limits::co_handlers)
        return Reason{"too_many_co_handlers"_code, "more than " +
                                                       std::to_string(limits::co_handlers) +
                                                       " co-handlers are named"};
    Texts units{std::string(lead_unit)};
    units.insert(units.end(), co_handlers.begin(), co_handlers.end());
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (i > 0 && units[i] == units[0])
            return Reason{"lead_unit_is_co_handler"_code,
                          quoted(units[0]) + " is named as lead unit and as co-handler"};
        auto const unit = here.world.unit(units[i]);
        if (!unit)
            return Reason{i == 0 ? "unknown_lead_unit"_code : "unknown_co_handler"_code,
                          "there is no unit " + quoted(units[i]),
                          i == 0 ? LeadUnitIs::name : CoHandlersAre::name};
        if (!here.actor.covers(unit->code))
            return Reason{"unit_outside_jurisdiction"_code,
                          quoted(units[i]) + " is not within your jurisdiction"};
    }
    return std::nullopt;
}

Verdict DueIsAhead::operator()(Case const& here, Given<DueAt> given) const {
    auto const due = given.get<DueAt>();
    if (!due || *due > here.now) return std::nullopt;
    return Reason{"due_at_is_past"_code, "the due date has passed already"};
}

Verdict PlaceIsOwn::operator()(Case const& here, Given<RegionIs> given) const {
    if (!given.has<RegionIs>()) return std::nullopt;
    auto const region = given.get<RegionIs>();
    if (!here.world.region(region))
        return Reason{"unknown_region"_code, "there is no region " + quoted(region),
                      RegionIs::name};
    if (here.actor.has(Role::system) || here.actor.covers(region)) return std::nullopt;
    return Reason{"region_outside_jurisdiction"_code,
                  quoted(region) + " is not your own place or within it"};
}

Verdict CategoryIsKnown::operator()(Case const& here, Given<Category> given) const {
    if (!given.has<Category>()) return std::nullopt;
    auto const category = given.get<Category>();
    if (here.policy.lists("category", category)) return std::nullopt;
    return Reason{"unknown_category"_code, "there is no category " + quoted(category),
                  Category::name};
}

} // namespace banjie::workflows::shared
