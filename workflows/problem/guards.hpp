#pragma once
// Guards of the workflow `problem`. Their names are statements.

#include "workflows/problem/vocabulary.hpp"
#include "workflows/shared/guards.hpp"

namespace banjie::workflows::problems {

// Guards of the stage collect.
struct RoundIsCollecting : Named<"round_is_collecting"> {
    Verdict operator()(Case const& here, Given<RoundIs> given) const;
};
struct OwnRoundIsCollecting : Named<"own_round_is_collecting"> {
    Verdict operator()(Case const& here, Known<RoundIs> known) const;
};
struct SubmitIsAsked : Named<"submit_is_asked"> {
    Verdict operator()(Given<SubmitAtOnce> given) const;
};
struct LevelIsBelowProvince : Named<"level_is_below_province"> {
    Verdict operator()(Known<LevelIs> known) const;
};
struct MainProblemIsOpen : Named<"main_problem_is_open"> {
    Verdict operator()(Case const& here, Known<MergedFrom> known, Given<Into> given) const;
};
struct UnitIsOfThisLevel : Named<"unit_is_of_this_level"> {
    Verdict operator()(Case const& here, Given<LeadUnitIs> given) const;
};

// Guards of the stages assign and resolve.
struct DeclineIsInTime : Named<"decline_is_in_time"> {
    Verdict operator()(Case const& here, Known<DeclineClock::DueAt> known) const;
};
struct DeclinesAreLeft : Named<"declines_are_left"> {
    Verdict operator()(Known<DeclineCount> known, Caps<Declines> caps) const;
};
struct OpinionsAreComplete : Named<"opinions_are_complete"> {
    Verdict operator()(Case const& here, Known<CoHandlersAre, OpinionsGiven, OpinionsWaived>) const;
};
struct OpinionIsMissing : Named<"opinion_is_missing"> {
    Verdict operator()(Case const& here, Known<CoHandlersAre, OpinionsGiven, OpinionsWaived>,
                       Given<UnitIs> given) const;
};
struct NoExtensionIsPending : Named<"no_extension_is_pending"> {
    Verdict operator()(Known<ExtensionUntil> known) const;
};
struct ExtensionIsPending : Named<"extension_is_pending"> {
    Verdict operator()(Known<ExtensionUntil> known) const;
};
struct ExtensionsAreLeft : Named<"extensions_are_left"> {
    Verdict operator()(Known<ExtensionCount> known, Caps<Extensions> caps) const;
};
struct ExtensionIsWithinCap : Named<"extension_is_within_cap"> {
    Verdict operator()(Case const& here, Known<HandleClock::DueAt> known, Given<Until> given,
                       Caps<ExtensionDays> caps) const;
};
struct ReviewIsAhead : Named<"review_is_ahead"> {
    Verdict operator()(Case const& here, Given<ReviewAt> given) const;
};
struct ReviewIsDue : Named<"review_is_due"> {
    Verdict operator()(Case const& here, Known<ReviewAt> known) const;
};

// Guards of the stages revisit and close.
struct AVisitIsLogged : Named<"a_visit_is_logged"> {
    Verdict operator()(Known<VisitsLogged> known) const;
};
struct EveryVisitIsGood : Named<"every_visit_is_good"> {
    Verdict operator()(Known<VisitsFailed> known) const;
};
struct VisitIsNotAhead : Named<"visit_is_not_ahead"> {
    Verdict operator()(Case const& here, Given<VisitedAt> given) const;
};
struct LookBackIsOpen : Named<"look_back_is_open"> {
    Verdict operator()(Case const& here, Known<ClosedAt> known, Caps<LookBackDays> caps) const;
};

// Guards of supervision.
struct IsUnfinished : Named<"is_unfinished"> {
    Verdict operator()(Case const& here) const;
};
struct IsOverdueEnough : Named<"is_overdue_enough"> {
    Verdict operator()(Case const& here, Known<DueAt> known, Caps<CirculateAfter> caps) const;
};
struct MergedIsNotFull : Named<"merged_is_not_full"> {
    Verdict operator()(Known<MergedFrom> known) const;
};

/// Returns the round of that number; nullptr if there is none.
[[nodiscard]] std::shared_ptr<Instance const> round_of(World const& world, std::int64_t number);

} // namespace banjie::workflows::problems
