#pragma once
// Guards that several workflows share.

#include "workflows/shared/vocabulary.hpp"

namespace banjie::workflows::shared {

/// Refuses an actor of a unit that handles the instance.
[[nodiscard]] Verdict judge_independence(Actor const& actor, std::string_view lead_unit,
                                         Texts const& co_handlers);
/// Refuses units that do not exist, are not within the actor's jurisdiction, or are named twice.
[[nodiscard]] Verdict judge_units(Case const& here, std::string_view lead_unit,
                                  Texts const& co_handlers);

/// Demands a visitor whose unit does not handle the instance. `CoHandlersFact` is none, or the fact
/// that lists the co-handlers.
template <class... CoHandlersFact>
struct VisitorIsIndependent : Named<"visitor_is_independent"> {
    Verdict operator()(Case const& here, Known<LeadUnitIs, CoHandlersFact...> known) const {
        return judge_independence(here.actor, known.template get<LeadUnitIs>(),
                                  (Texts{}, ..., known.template get<CoHandlersFact>()));
    }
};
template <class... CoHandlersFact>
struct UnitsAreFit : Named<"units_are_fit"> {
    Verdict operator()(Case const& here, Given<LeadUnitIs, CoHandlersFact...> given) const {
        return judge_units(here, given.template get<LeadUnitIs>(),
                           (Texts{}, ..., given.template get<CoHandlersFact>()));
    }
};

// An absent field passes these.

/// Demands that the due date is in the future.
struct DueIsAhead : Named<"due_is_ahead"> {
    Verdict operator()(Case const& here, Given<DueAt> given) const;
};
/// Demands a region that is the actor's or within it.
struct PlaceIsOwn : Named<"place_is_own"> {
    Verdict operator()(Case const& here, Given<RegionIs> given) const;
};
/// Demands a category of the policy.
struct CategoryIsKnown : Named<"category_is_known"> {
    Verdict operator()(Case const& here, Given<Category> given) const;
};

[[nodiscard]] inline std::string quoted(std::string_view text) {
    return '"' + std::string(text) + '"';
}

} // namespace banjie::workflows::shared
