#include "workflows/refusal_codes.hpp"

#include "workflows/contract/refusal_codes.hpp"
#include "workflows/problem/refusal_codes.hpp"

namespace banjie::workflows {

namespace {

constexpr CodeEntry of_consultation[] = {
    {"bad_number_of_problems", RefusalKind::not_permitted,
     "The consultation names no problem, or too many.", "Hold several consultations."},
    {"problem_is_not_in_hand", RefusalKind::not_permitted,
     "A problem of the consultation is finished.", "Name unfinished problems only."},
    {"unknown_participant", RefusalKind::invalid, "There is no such participant.",
     "Look up the unit among the organisations."},
    {"unknown_problem", RefusalKind::not_permitted, "There is no such problem.",
     "Look up its id in the list of problems."},
};

constexpr CodeEntry of_inspection_lead[] = {
    {"lead_is_founded", RefusalKind::not_permitted, "The lead has been judged founded.",
     "Hand it over, or raise a problem."},
    {"lead_is_unfounded", RefusalKind::not_permitted, "The lead has been judged unfounded.",
     "Dismiss it."},
    {"problem_is_not_closed", RefusalKind::not_permitted,
     "The problem that was raised from the lead is not closed.", "Close the problem first."},
};

constexpr CodeEntry of_round[] = {
    {"dates_out_of_order", RefusalKind::not_permitted,
     "The round's dates are not in the order opening, closing, due.",
     "Let it open before it closes, and close before it is due."},
    {"time_has_not_come", RefusalKind::not_permitted, "It is too early.", ""},
};

} // namespace

std::vector<CodeTable> code_tables() {
    return {{"", shared_codes},
            {"consultation", of_consultation},
            {"inspection_lead", of_inspection_lead},
            {"problem", problems::own_codes},
            {"round", of_round}};
}

} // namespace banjie::workflows
