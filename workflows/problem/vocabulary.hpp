#pragma once
// States and commands of the workflow `problem`. Names are stored for ever: never change one.

#include "workflows/kit/deadline.hpp"
#include "workflows/kit/parts.hpp"

namespace banjie::workflows::problems {

using namespace kit;

// clang-format off
struct Draft                   : State<"draft",                    "collect", "", false, true> {};
struct Screening               : State<"screening",                "collect", "screen"> {};
struct Supplementing           : State<"supplementing",            "collect", "supplement"> {};
struct AwaitingDispatch        : State<"awaiting_dispatch",        "assign"> {};
struct AwaitingAcknowledgement : State<"awaiting_acknowledgement", "assign",  "acknowledge,handle"> {};
struct Handling                : State<"handling",                 "resolve", "handle"> {};
struct Reviewing               : State<"reviewing",                "resolve"> {};
struct Shelved                 : State<"shelved",                  "resolve"> {};
struct AwaitingVisit           : State<"awaiting_visit",           "revisit", "visit"> {};
struct AwaitingClose           : State<"awaiting_close",           "close"> {};
struct Closed                  : State<"closed",                   "close",   "", true> {};
struct Rejected                : State<"rejected",                 "close",   "", true> {};
struct Merged                  : State<"merged",                   "close",   "", true> {};
struct Discarded               : State<"discarded",                "close",   "", true, true> {};
struct Withdrawn               : State<"withdrawn",                "close",   "", true> {};

struct Normal     : State<"normal"> {};
struct Urged      : State<"urged"> {};
struct Listed     : State<"listed"> {};
struct Circulated : State<"circulated"> {};

using Unfinished = mp::mp_list<Screening, Supplementing, AwaitingDispatch, AwaitingAcknowledgement,
                               Handling, Reviewing, Shelved, AwaitingVisit, AwaitingClose>;

using Kind = FieldKind;
using Note   = Optional<"note", Kind::long_text>;
using Reason = Field<"reason", Kind::long_text>;
using Sources = OneOf<"reported", "hotline_12345", "governor_phone", "wenzheng_jiangxi", "column_paman",
                      "internet_inspection", "state_council_inspection", "audit", "petition">;

struct Report : Command<"report", "reported",
    Field<"title", Kind::text>, Field<"description", Kind::long_text>,
    Field<"category", Kind::category>, Field<"region", Kind::region>,
    Optional<"round", Kind::integer>, Optional<"source", Kind::choice, Sources>,
    Optional<"submit", Kind::boolean>> {};
struct Edit : Command<"edit", "edited",
    Optional<"title", Kind::text>, Optional<"description", Kind::long_text>,
    Optional<"category", Kind::category>, Optional<"region", Kind::region>,
    Optional<"round", Kind::integer>, Optional<"source", Kind::choice, Sources>> {};
struct Submit            : Command<"submit",             "submitted", Note> {};
struct Discard           : Command<"discard",            "discarded", Note> {};
struct Accept            : Command<"accept",             "accepted", Note> {};
struct Escalate          : NeededForEnd<Command<"escalate", "escalated", Reason>> {};
struct RequestSupplement : Command<"request_supplement", "supplement_requested", Field<"missing", Kind::texts>> {};
struct Reject            : Command<"reject",             "rejected", Reason> {};
struct Merge             : Command<"merge",              "merged", Field<"into", Kind::instance>, Note> {};
struct SolveLocally      : Command<"solve_locally",      "solved_locally",
    Field<"lead_unit", Kind::unit>, Optional<"co_handlers", Kind::units>, Optional<"due_at", Kind::time>, Note> {};
struct Resubmit          : Command<"resubmit",           "resubmitted", Note> {};
struct Withdraw          : Command<"withdraw",           "withdrawn", Note> {};
struct Assign            : Command<"assign",             "assigned",
    Field<"lead_unit", Kind::unit>, Optional<"co_handlers", Kind::units>, Optional<"due_at", Kind::time>, Note> {};
struct Acknowledge       : Command<"acknowledge",        "acknowledged", Optional<"contact", Kind::text>, Note> {};
struct Decline           : Command<"decline",            "declined", Reason> {};
struct Transfer          : Command<"transfer",           "transferred", Reason> {};
struct LogProgress       : Command<"log_progress",       "progress_logged", Field<"text", Kind::long_text>> {};
struct GiveOpinion       : Command<"give_opinion",       "opinion_given", Field<"text", Kind::long_text>> {};
struct WaiveOpinion      : NeededForEnd<Command<"waive_opinion", "opinion_waived", Field<"unit", Kind::unit>, Reason>> {};
struct RequestExtension  : Command<"request_extension",  "extension_requested", Field<"until", Kind::time>, Reason> {};
struct GrantExtension    : Command<"grant_extension",    "extension_granted", Note> {};
struct RefuseExtension   : Command<"refuse_extension",   "extension_refused", Reason> {};
struct SubmitResolution  : Command<"submit_resolution",  "resolution_submitted",
    Field<"result", Kind::choice, true, OneOf<"solved", "partly_solved", "explained">>, Field<"measures", Kind::long_text>> {};
struct ApproveResolution : Command<"approve_resolution", "resolution_approved", Note> {};
struct ReturnForRework   : Command<"return_for_rework",  "returned_for_rework", Reason> {};
struct Shelve            : Command<"shelve",             "shelved", Reason, Field<"review_at", Kind::time>> {};
struct Resume            : Command<"resume",             "resumed", Note> {};
struct LogVisit          : NeededForEnd<Command<"log_visit", "visit_logged",
    Field<"method", Kind::choice, true, OneOf<"on_site", "call_on", "interview", "phone">>,
    Field<"thoroughly_resolved", Kind::choice, true, OneOf<"yes", "partly", "no">>,
    Field<"accepted_by_grassroots", Kind::choice, true, OneOf<"satisfied", "mostly_satisfied", "dissatisfied">>,
    Field<"findings", Kind::long_text>, Optional<"visited_at", Kind::time>>> {};
struct GiveFeedback      : Command<"give_feedback",      "feedback_given",
    Field<"solved", Kind::choice, true, OneOf<"yes", "partly", "no">>, Optional<"text", Kind::long_text>> {};
struct ConcludeVisits    : Command<"conclude_visits",    "visits_concluded", Note> {};
struct Close             : Command<"close",              "closed", Note> {};
struct Reopen            : Command<"reopen",             "reopened", Reason> {};
struct Urge              : Command<"urge",               "urged", Field<"note", Kind::long_text>> {};
struct List              : Command<"list",               "listed", Field<"note", Kind::long_text>> {};
struct Circulate         : Command<"circulate",          "circulated", Field<"note", Kind::long_text>> {};

inline constexpr FieldSpec facts[] = {
    // as reported
    {"title", Kind::text, true}, {"description", Kind::long_text, true},
    {"category", Kind::category, true}, {"region", Kind::region, true},
    {"round", Kind::integer}, {"source", Kind::choice, true}, {"reporting_unit", Kind::unit, true},
    {"reporter", Kind::text, true}, {"level", Kind::choice, true, level_names}, {"missing", Kind::texts},
    // in hand
    {"assigned_at", Kind::time}, {"lead_unit", Kind::unit}, {"co_handlers", Kind::units}, {"opinions_given", Kind::units},
    {"opinions_waived", Kind::units}, {"contact"}, {"extension_until", Kind::time},
    {"extension_count", Kind::integer}, {"decline_count", Kind::integer}, {"review_at", Kind::time},
    {"consultations", Kind::instances}, {"urge_count", Kind::integer},
    // its result
    {"result", Kind::choice}, {"measures", Kind::long_text}, {"handled_at", Kind::time},
    {"handled_late", Kind::boolean}, {"rework_count", Kind::integer}, {"visit_count", Kind::integer},
    {"reporter_says", Kind::choice, false, GiveFeedback::form[0].choices}, {"visits_logged", Kind::integer}, {"visits_failed", Kind::integer},
    {"visit_method", Kind::choice, false, LogVisit::form[0].choices}, {"thoroughly_resolved", Kind::choice},
    {"accepted_by_grassroots", Kind::choice}, {"visited_at", Kind::time}, {"closed_at", Kind::time},
    {"reopened_count", Kind::integer}, {"merged_into", Kind::instance}, {"merged_from", Kind::instances},
    {"main_state"},
    // its clocks
    {"due_at", Kind::time}, {"due_soon_at", Kind::time}, {"due_clock"}, {"due_is_provisional", Kind::boolean},
    {"overdue_at", Kind::time},
    {"screen_due_at", Kind::time}, {"screen_days_left", Kind::integer}, {"supplement_due_at", Kind::time},
    {"acknowledge_due_at", Kind::time}, {"decline_due_at", Kind::time}, {"handle_due_at", Kind::time},
    {"handle_days_left", Kind::integer}, {"visit_due_at", Kind::time},
};

struct TakeIn             : Internal<"take_in",             "taken_in", Field<"from", Kind::instance>> {};
struct HearResult         : Internal<"hear_result",         "result_heard",
    Field<"main_state", Kind::text>, Optional<"result", Kind::text>, Optional<"measures", Kind::long_text>> {};
struct RecordConsultation : Internal<"record_consultation", "consultation_recorded",
    Field<"consultation", Kind::instance>, Field<"title", Kind::text>, Field<"conclusions", Kind::long_text>> {};
struct Remind             : Internal<"remind",              "review_reminded"> {};
// clang-format on

} // namespace banjie::workflows::problems
