#pragma once
// The codes that only the workflow `problem` refuses with. Sorted by name.

#include "workflows/contract/refusal_codes.hpp"

namespace banjie::workflows::problems {

inline constexpr CodeEntry own_codes[] = {
    {"already_at_province", RefusalKind::not_permitted,
     "The problem is at the province already, and there is no higher level.", "Decide it here."},
    {"declined_too_often", RefusalKind::not_permitted,
     "The problem has been declined as often as the policy permits.", "Ask the coordinator."},
    {"extended_too_often", RefusalKind::not_permitted,
     "The due date has been extended as often as the policy permits.", "Ask the coordinator."},
    {"extension_is_no_later", RefusalKind::not_permitted,
     "The date asked for is not later than the due date.", "Ask for a later date."},
    {"extension_is_pending", RefusalKind::not_permitted, "An extension has been requested already.",
     "Wait for the coordinator's decision."},
    {"extension_too_long", RefusalKind::not_permitted,
     "The extension is longer than the policy permits.", "Ask for an earlier date."},
    {"is_finished", RefusalKind::not_permitted, "The problem is finished.",
     "Urge, list or circulate unfinished problems only."},
    {"is_main_problem", RefusalKind::not_permitted,
     "Other problems have been merged into this one.",
     "Merge the other problem into this one instead."},
    {"look_back_is_over", RefusalKind::not_permitted, "The look-back period after closing is over.",
     "Report the matter again."},
    {"main_problem_is_finished", RefusalKind::not_permitted, "The main problem is finished.",
     "Name a main problem that is unfinished."},
    {"merge_into_itself", RefusalKind::not_permitted, "A problem cannot be merged into itself.",
     "Name another problem."},
    {"no_extension_asked", RefusalKind::not_permitted, "No extension has been requested.",
     "Let the lead unit request it first."},
    {"no_visit_logged", RefusalKind::not_permitted, "No visit has been logged.",
     "Log a visit first."},
    {"not_overdue_enough", RefusalKind::not_permitted,
     "The problem has not been overdue for long enough to be circulated.",
     "Urge it or list it until then."},
    {"opinion_is_not_missing", RefusalKind::not_permitted, "No opinion of that unit is missing.",
     "Name a co-handler whose opinion is missing."},
    {"opinions_missing", RefusalKind::not_permitted, "Opinions of co-handlers are missing.",
     "Ask the co-handlers for them, or the coordinator to waive them."},
    {"outside_round_window", RefusalKind::not_permitted,
     "Today is outside the round's collection window.",
     "Report to a round whose window is open, or to none."},
    {"review_at_is_past", RefusalKind::not_permitted, "The date of review has already passed.",
     "Give a date in the future."},
    {"review_is_not_due", RefusalKind::not_permitted, "The review is not due yet.", ""},
    {"round_is_not_collecting", RefusalKind::not_permitted, "The round is not collecting.",
     "Report to a round that is collecting, or to none."},
    {"submit_is_not_asked", RefusalKind::not_permitted, "The report stays a draft.",
     "Set \"submit\" to submit it."},
    {"too_late_to_decline", RefusalKind::not_permitted, "The time for declining has passed.",
     "Acknowledge the problem and ask the coordinator to transfer it."},
    {"too_many_merged", RefusalKind::not_permitted,
     "Too many problems have been merged into this one.", "Merge into another main problem."},
    {"unit_of_other_level", RefusalKind::not_permitted,
     "A problem that is solved locally goes to a unit of the same level.",
     "Name a unit of your own level, or accept the problem and assign it."},
    {"unknown_main_problem", RefusalKind::not_permitted, "There is no such main problem.",
     "Look up its id in the list of problems."},
    {"unknown_round", RefusalKind::not_permitted, "There is no such round.",
     "See the list of rounds."},
    {"visit_failed", RefusalKind::not_permitted,
     "A visit found the problem not thoroughly resolved or not accepted.",
     "Let the unit handle it again."},
    {"visited_at_is_ahead", RefusalKind::not_permitted, "The visit is in the future.",
     "Log the visit after it has taken place."},
};

[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, own_codes, shared_codes);
}

} // namespace banjie::workflows::problems
