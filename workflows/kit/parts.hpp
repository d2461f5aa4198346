#pragma once
// Parts that several workflows share: who may, by office and jurisdiction.

#include "workflows/kit/table.hpp"

namespace banjie::workflows::kit {

/// The own office reported it; for a new one, the own office may report at all.
struct Reporter : Named<"reporter"> {
    static bool admits(Case const& judged);
};
/// Coordinator of a county, a city or the province: may begin what has no place yet.
struct Coordinator : Named<"coordinator"> {
    static bool admits(Case const& judged);
};
/// Coordinator of the level at which the instance is, over its region.
struct CoordinatorHere : Named<"coordinator_here"> {
    static bool admits(Case const& judged);
};
/// The same, or the screener of a functional department of that level.
struct ScreenerHere : Named<"screener_here"> {
    static bool admits(Case const& judged);
};
struct ProvincialCoordinator : Named<"provincial_coordinator"> {
    static bool admits(Case const& judged);
};
struct LeadUnit : Named<"lead_unit"> {
    static bool admits(Case const& judged);
};
struct CoHandler : Named<"co_handler"> {
    static bool admits(Case const& judged);
};
struct FollowUpTeam : Named<"follow_up_team"> {
    static bool admits(Case const& judged);
};
/// Supervisor or coordinator over the region, of its level or above.
struct Presser : Named<"presser"> {
    static bool admits(Case const& judged);
};

/// Code is the fact `lead_unit` or one of `co_handlers`.
[[nodiscard]] bool handles(Fields const& facts, std::string_view organisation);
[[nodiscard]] Level level_of(Fields const& facts);
/// The code of the region that stands at that level above (or at) `region`.
[[nodiscard]] std::string office_at(Level level, std::string_view region);

/// "by somebody who is not of the handling unit"
struct VisitorIsIndependent : Named<"visitor_is_independent"> {
    Verdict operator()(Case const& judged) const;
};
/// Lead unit and co-handlers exist, lie within the actor's jurisdiction, and are named once.
struct UnitsAreFit : Named<"units_are_fit"> {
    Verdict operator()(Case const& judged, Fields const& fields) const;
};
/// The moment in the field of that name lies ahead; absent is well.
struct DueIsAhead : Named<"due_is_ahead"> {
    Verdict operator()(Case const& judged, Fields const& fields) const;
};

/// The field `region` is a region, and the actor's own or below it; absent is well.
struct PlaceIsOwn : Named<"place_is_own"> {
    Verdict operator()(Case const& judged, Fields const& fields) const;
};
/// The field `category` is one of the policy's; absent is well.
struct CategoryIsKnown : Named<"category_is_known"> {
    Verdict operator()(Case const& judged, Fields const& fields) const;
};

template <Name... Names>
struct KeepFields : Named<"keep_fields"> {
    void operator()(Effect const& effect) const { (effect.keep(Names.view()), ...); }
};

} // namespace banjie::workflows::kit
