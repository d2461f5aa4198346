#pragma once
// What a command of the workflow `problem` changes.

#include "workflows/problem/vocabulary.hpp"

namespace banjie::workflows::problems {

#define BANJIE_ACTION(Type, statement)                                                             \
    struct Type : Named<statement> {                                                               \
        void operator()(Effect const& effect) const;                                               \
    }

BANJIE_ACTION(RecordReport, "record_report");
BANJIE_ACTION(SetFirstLevel, "set_first_level");
BANJIE_ACTION(RaiseLevel, "raise_level");
BANJIE_ACTION(RecordAssignment, "record_assignment");
BANJIE_ACTION(ForgetAssignment, "forget_assignment");
BANJIE_ACTION(CountDecline, "count_decline");
BANJIE_ACTION(RecordOpinion, "record_opinion");
BANJIE_ACTION(RecordWaiver, "record_waiver");
BANJIE_ACTION(AskForExtension, "ask_for_extension");
BANJIE_ACTION(MoveDueDate, "move_due_date");
BANJIE_ACTION(ForgetExtension, "forget_extension");
BANJIE_ACTION(RecordResult, "record_result");
BANJIE_ACTION(StartRework, "start_rework");
BANJIE_ACTION(ForgetVisits, "forget_visits");
BANJIE_ACTION(RecordFeedback, "record_feedback");
BANJIE_ACTION(RecordVisit, "record_visit");
BANJIE_ACTION(RecordClose, "record_close");
BANJIE_ACTION(CountReopening, "count_reopening");
BANJIE_ACTION(TellMerged, "tell_merged");
BANJIE_ACTION(JoinMainProblem, "join_main_problem");
BANJIE_ACTION(TakeInOther, "take_in_other");
BANJIE_ACTION(RecordMainResult, "record_main_result");
BANJIE_ACTION(AddConsultation, "add_consultation");
BANJIE_ACTION(CountUrge, "count_urge");
BANJIE_ACTION(ForgetReview, "forget_review");

#undef BANJIE_ACTION

} // namespace banjie::workflows::problems
