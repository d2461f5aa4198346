#pragma once
// Facts, clocks, commands, parties and states of the workflow `problem`. Names are stored for ever:
// never change one. A workflow that demands one of its commands reads this header alone.

#include "workflows/shared/personal.hpp"

namespace banjie::workflows::problems {

using namespace shared;

// Facts of the report.
struct Source
    : Fact<"source", Kind::choice,
           OneOf<"reported", "hotline_12345", "governor_phone", "wenzheng_jiangxi", "column_paman",
                 "internet_inspection", "state_council_inspection", "audit", "petition">> {};
struct ReporterIs : Fact<"reporter", Kind::text> {};
/// Who can be asked about it.
struct ContactPerson : Fact<"contact_person", Kind::personal, Masked<MaskedAs::name>> {};
struct ContactPhone : Fact<"contact_phone", Kind::personal, Masked<MaskedAs::telephone>> {};
struct SubmitAtOnce : Fact<"submit", Kind::boolean> {};
struct Missing : Fact<"missing", Kind::texts> {};
struct Into : Fact<"into", Kind::instance, IdsOf<"problem">> {};
struct From : Fact<"from", Kind::instance, IdsOf<"problem">> {};
struct MergedInto : Fact<"merged_into", Kind::instance, IdsOf<"problem">> {};
struct MergedFrom : Fact<"merged_from", Kind::instances, IdsOf<"problem">> {};
// Facts of handling.
struct AssignedAt : Fact<"assigned_at", Kind::time> {};
struct Contact : Fact<"contact", Kind::personal, Masked<MaskedAs::name>> {};
using Personal = PersonalFacts<ContactPerson, ContactPhone, Contact>;
struct DeclineCount : Fact<"decline_count", Kind::integer> {};
struct Text : Fact<"text", Kind::long_text> {};
struct UnitIs : Fact<"unit", Kind::unit> {};
struct OpinionsGiven : Fact<"opinions_given", Kind::units> {};
struct OpinionsWaived : Fact<"opinions_waived", Kind::units> {};
struct Until : Fact<"until", Kind::time> {};
struct ExtensionUntil : Fact<"extension_until", Kind::time> {};
struct ExtensionCount : Fact<"extension_count", Kind::integer> {};
struct ReviewAt : Fact<"review_at", Kind::time> {};
struct ConsultationIs : Fact<"consultation", Kind::instance, IdsOf<"consultation">> {};
struct Consultations : Fact<"consultations", Kind::instances, IdsOf<"consultation">> {};
struct UrgeCount : Fact<"urge_count", Kind::integer> {};
// Facts of the result.
struct Result : Fact<"result", Kind::choice, OneOf<"solved", "partly_solved", "explained">> {};
struct HandledAt : Fact<"handled_at", Kind::time> {};
struct HandledLate : Fact<"handled_late", Kind::boolean> {};
struct ReworkCount : Fact<"rework_count", Kind::integer> {};
struct Solved : Fact<"solved", Kind::choice, OneOf<"yes", "partly", "no">> {};
struct ReporterSays : Fact<"reporter_says", Kind::choice, OneOf<"yes", "partly", "no">> {};
using Methods = OneOf<"on_site", "call_on", "interview", "phone">;
struct Method : Fact<"method", Kind::choice, Methods> {};
struct VisitMethod : Fact<"visit_method", Kind::choice, Methods> {};
struct ThoroughlyResolved
    : Fact<"thoroughly_resolved", Kind::choice, OneOf<"yes", "partly", "no">> {};
struct AcceptedByGrassroots : Fact<"accepted_by_grassroots", Kind::choice,
                                   OneOf<"satisfied", "mostly_satisfied", "dissatisfied">> {};
struct VisitedAt : Fact<"visited_at", Kind::time> {};
struct VisitCount : Fact<"visit_count", Kind::integer> {};
struct VisitsLogged : Fact<"visits_logged", Kind::integer> {};
struct VisitsFailed : Fact<"visits_failed", Kind::integer> {};
struct ClosedAt : Fact<"closed_at", Kind::time> {};
struct ReopenedCount : Fact<"reopened_count", Kind::integer> {};
struct MainState : Fact<"main_state", Kind::text> {};
struct MainResult : Fact<"result", Kind::text> {}; // result of the main problem; becomes `Result`

struct ScreenClock : Clock<"screen"> {};
struct SupplementClock : Clock<"supplement"> {};
struct AcknowledgeClock : Clock<"acknowledge"> {};
struct DeclineClock : Clock<"decline"> {};
struct HandleClock : Clock<"handle"> {};
struct VisitClock : Clock<"visit"> {};

struct Declines : Limit<"declines"> {};
struct Extensions : Limit<"extensions"> {};
struct ExtensionDays : Limit<"extension_days"> {};
struct LookBackDays : Limit<"look_back_days"> {};
struct CirculateAfter : Limit<"circulate_after"> {};

// Commands that the system demands.
struct TakeIn : Command<"take_in", "taken_in", Form<From>, Internal, Of<"problem">> {};
struct HearResult
    : Command<"hear_result", "result_heard", Form<MainState, May<MainResult>, May<Measures>>,
              Internal, Of<"problem">> {};
struct RecordConsultation
    : Command<"record_consultation", "consultation_recorded",
              Form<ConsultationIs, Title, Conclusions>, Internal, Of<"problem">> {};
struct Remind : Command<"remind", "review_reminded", Internal> {};

struct Report : Command<"report", "reported",
                        Form<Title, Description, Category, RegionIs, May<RoundIs>, May<Source>,
                             May<ContactPerson>, May<ContactPhone>, May<SubmitAtOnce>>,
                        Of<"problem">> {};
struct Edit : Command<"edit", "edited",
                      Form<May<Title>, May<Description>, May<Category>, May<RegionIs>, May<RoundIs>,
                           May<Source>, May<ContactPerson>, May<ContactPhone>>> {};
struct Redact : Command<"redact", "redacted", Form<May<Title>, May<Description>, ReasonGiven>,
                        NeededForEnd, CoversEarlier> {};
using OnlyNote = Form<May<Note>>;
using OnlyReason = Form<ReasonGiven>;
using Assignment = Form<LeadUnitIs, May<CoHandlersAre>, May<DueAt>, May<Note>>;
struct Submit : Command<"submit", "submitted", OnlyNote> {};
struct Discard : Command<"discard", "discarded", OnlyNote> {};
struct Accept : Command<"accept", "accepted", OnlyNote> {};
struct Escalate : Command<"escalate", "escalated", OnlyReason, NeededForEnd> {};
struct RequestSupplement : Command<"request_supplement", "supplement_requested", Form<Missing>> {};
struct Reject : Command<"reject", "rejected", OnlyReason, Demands<HearResult>> {};
struct Merge : Command<"merge", "merged", Form<Into, May<Note>>, Demands<TakeIn>> {};
struct SolveLocally : Command<"solve_locally", "solved_locally", Assignment> {};
struct Resubmit : Command<"resubmit", "resubmitted", OnlyNote> {};
struct Withdraw : Command<"withdraw", "withdrawn", OnlyNote> {};
struct Assign : Command<"assign", "assigned", Assignment> {};
struct Acknowledge : Command<"acknowledge", "acknowledged", Form<May<Contact>, May<Note>>> {};
struct Decline : Command<"decline", "declined", OnlyReason> {};
struct Transfer : Command<"transfer", "transferred", OnlyReason> {};
struct LogProgress : Command<"log_progress", "progress_logged", Form<Text>> {};
struct GiveOpinion : Command<"give_opinion", "opinion_given", Form<Text>> {};
struct WaiveOpinion
    : Command<"waive_opinion", "opinion_waived", Form<UnitIs, ReasonGiven>, NeededForEnd> {};
struct RequestExtension
    : Command<"request_extension", "extension_requested", Form<Until, ReasonGiven>> {};
struct GrantExtension : Command<"grant_extension", "extension_granted", OnlyNote> {};
struct RefuseExtension : Command<"refuse_extension", "extension_refused", OnlyReason> {};
struct SubmitResolution
    : Command<"submit_resolution", "resolution_submitted", Form<Result, Measures>> {};
struct ApproveResolution : Command<"approve_resolution", "resolution_approved", OnlyNote> {};
struct ReturnForRework : Command<"return_for_rework", "returned_for_rework", OnlyReason> {};
struct Shelve : Command<"shelve", "shelved", Form<ReasonGiven, ReviewAt>> {};
struct Resume : Command<"resume", "resumed", OnlyNote> {};
struct LogVisit
    : Command<"log_visit", "visit_logged",
              Form<Method, ThoroughlyResolved, AcceptedByGrassroots, Findings, May<VisitedAt>>,
              NeededForEnd> {};
struct GiveFeedback : Command<"give_feedback", "feedback_given", Form<Solved, May<Text>>> {};
struct ConcludeVisits : Command<"conclude_visits", "visits_concluded", OnlyNote> {};
struct Close : Command<"close", "closed", OnlyNote, Demands<HearResult>> {};
struct Reopen : Command<"reopen", "reopened", OnlyReason> {};
struct Urge : Command<"urge", "urged", Form<Note>> {};
struct List : Command<"list", "listed", Form<Note>> {};
struct Circulate : Command<"circulate", "circulated", Form<Note>> {};

struct OpinionOwed : Party<"opinion_owed", "待提意见单位", "a co-handler whose opinion is missing",
                           Role::handler, OfUnits<CoHandlersAre, OpinionsGiven, OpinionsWaived>> {};
struct RegionCoordinator
    : Party<"region_coordinator", "所辖协调员", "a coordinator over its region", Role::coordinator,
            OverRegion<RegionIs>> {};
struct RegionScreener : Party<"region_screener", "所辖审核部门", "a screener over its region",
                              Role::screener, OverRegion<RegionIs>> {};
/// Parties that may attach files.
struct Participant : AnyOf<"participant", "参与办理的单位", "a unit that takes part", Reporter,
                           LeadUnit, CoHandlers, RegionCoordinator, RegionScreener, Visitor> {};

using OnlyReporter = SeenBy<OfUnit<ReportingUnit>>;
struct Draft : State<"draft", "collect", Awaits<Reporter>, Private, OnlyReporter> {};
struct Screening : State<"screening", "collect", Awaits<Coordinator, Screener>, Runs<ScreenClock>> {
};
struct Supplementing : State<"supplementing", "collect", Awaits<Reporter>, Runs<SupplementClock>> {
};
struct AwaitingDispatch : State<"awaiting_dispatch", "assign", Awaits<Coordinator>> {};
struct AwaitingAcknowledgement : State<"awaiting_acknowledgement", "assign", Awaits<LeadUnit>,
                                       Runs<AcknowledgeClock, HandleClock>> {};
struct Handling : State<"handling", "resolve",
                        Awaits<LeadUnit, OpinionOwed, While<Has<ExtensionUntil>, Coordinator>>,
                        Runs<HandleClock>> {};
struct Reviewing : State<"reviewing", "resolve", Awaits<Coordinator>> {};
struct Shelved : State<"shelved", "resolve", Awaits<While<Not<Has<ReviewAt>>, ProvincialOffice>>,
                       Wakes<ReviewAt, Remind>> {};
struct AwaitingVisit : State<"awaiting_visit", "revisit", Awaits<Visitor>, Runs<VisitClock>> {};
struct AwaitingClose : State<"awaiting_close", "close", Awaits<Coordinator>> {};
using WhenDue = Wakes<ForgetAt, Forget>;
struct Closed : State<"closed", "close", Finished, WhenDue> {};
struct Rejected : State<"rejected", "close", WhenDue> {};
struct Merged : State<"merged", "close", WhenDue> {};
struct Discarded : State<"discarded", "close", Private, OnlyReporter, WhenDue> {};
struct Withdrawn : State<"withdrawn", "close", WhenDue> {};
using Unfinished = Each<Screening, Supplementing, AwaitingDispatch, AwaitingAcknowledgement,
                        Handling, Reviewing, Shelved, AwaitingVisit, AwaitingClose>;
using Ended = Each<Closed, Rejected, Merged, Discarded, Withdrawn>;

// States beside them: supervision.
struct Normal : State<"normal"> {};
struct Urged : State<"urged"> {};
struct Listed : State<"listed"> {};
struct Circulated : State<"circulated"> {};

/// Returns whether something is still to be done in that main state.
[[nodiscard]] bool is_unfinished(std::string_view state);

} // namespace banjie::workflows::problems
