#pragma once
// What must hold for a command of the workflow `problem`. Names are statements.

#include "workflows/problem/vocabulary.hpp"

namespace banjie::workflows::problems {

#define BANJIE_PRECONDITION(Type, statement)                                                       \
    struct Type : Named<statement> {                                                               \
        Verdict operator()(Case const& judged) const;                                              \
    }
#define BANJIE_FIELD_GUARD(Type, statement)                                                        \
    struct Type : Named<statement> {                                                               \
        Verdict operator()(Case const& judged, Fields const& fields) const;                        \
    }

// Collect.
BANJIE_FIELD_GUARD(RoundIsCollecting, "round_is_collecting");
BANJIE_FIELD_GUARD(SubmitIsAsked, "submit_is_asked");
BANJIE_PRECONDITION(OwnRoundIsCollecting, "own_round_is_collecting");
BANJIE_PRECONDITION(LevelIsBelowProvince, "level_is_below_province");
BANJIE_FIELD_GUARD(MainProblemIsOpen, "main_problem_is_open");
BANJIE_FIELD_GUARD(UnitIsOfThisLevel, "unit_is_of_this_level");

// Assign and resolve.
BANJIE_PRECONDITION(DeclineIsInTime, "decline_is_in_time");
BANJIE_PRECONDITION(DeclinesAreLeft, "declines_are_left");
BANJIE_PRECONDITION(OpinionsAreComplete, "opinions_are_complete");
BANJIE_FIELD_GUARD(OpinionIsMissing, "opinion_is_missing");
BANJIE_PRECONDITION(NoExtensionIsPending, "no_extension_is_pending");
BANJIE_PRECONDITION(ExtensionIsPending, "extension_is_pending");
BANJIE_PRECONDITION(ExtensionsAreLeft, "extensions_are_left");
BANJIE_FIELD_GUARD(ExtensionIsWithinCap, "extension_is_within_cap");
BANJIE_FIELD_GUARD(ReviewIsAhead, "review_is_ahead");
BANJIE_PRECONDITION(ReviewIsDue, "review_is_due");

// Revisit and close.
BANJIE_PRECONDITION(AVisitIsLogged, "a_visit_is_logged");
BANJIE_PRECONDITION(EveryVisitIsGood, "every_visit_is_good");
BANJIE_FIELD_GUARD(VisitIsNotAhead, "visit_is_not_ahead");
BANJIE_PRECONDITION(LookBackIsOpen, "look_back_is_open");

// Supervision.
BANJIE_PRECONDITION(IsUnfinished, "is_unfinished");
BANJIE_PRECONDITION(IsOverdueEnough, "is_overdue_enough");
BANJIE_PRECONDITION(MergedIsNotFull, "merged_is_not_full");

#undef BANJIE_PRECONDITION
#undef BANJIE_FIELD_GUARD

/// Is a main state one in which something is still to be done?
[[nodiscard]] bool is_unfinished(std::string_view state);
/// Co-handlers that have neither given their opinion nor been let off.
[[nodiscard]] Texts missing_opinions(Fields const& facts);

} // namespace banjie::workflows::problems
