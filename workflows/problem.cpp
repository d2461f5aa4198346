#include "workflows/problem.hpp"

#include "workflows/kit/machine_workflow.hpp"
#include "workflows/problem/actions.hpp"
#include "workflows/problem/guards.hpp"
#include "workflows/problem/refusal_codes.hpp"

namespace banjie::workflows {

namespace problems {

using ReportIsFit = If<PlaceIsOwn, CategoryIsKnown, RoundIsCollecting>;
using Independent = VisitorIsIndependent<CoHandlersAre>;
using KeepReport =
    Keep<Title, Description, Category, RegionIs, RoundIs, Source, ContactPerson, ContactPhone>;
using Erases = On<ErasePersonal, Stay, By<RegionCoordinator, Reporter>, If<Personal::Kept>,
                  Do<Personal::Erase>>;
using Redacts = On<Redact, Stay, By<RegionCoordinator>, Do<Keep<Title, Description>>>;
using Forgets = On<Forget, Stay, By<System>, If<ForgettingIsDue>, Do<Personal::Erase>>;
using AssignAnew = Do<RecordAssignment, StartClock<AcknowledgeClock>, StartClock<DeclineClock>>;
/// A rework gets the whole handling time again.
using HandleAnew =
    Do<StartClock<HandleClock>, Clear<ExtensionUntil, HandleClock::DaysLeft, ClosedAt, ForgetAt>>;
using Pressers = By<UpperCoordinator, Supervisor>;

// clang-format off
using Rows = Table<
    // collect
    In<New,
       On<Report, FirstOf<To<Screening, By<Reporter, System>, If<SubmitIsAsked>,
                             Do<StartClock<ScreenClock>>>,
                          To<Draft>>,
          By<Reporter>, ReportIsFit, Do<KeepReport, RecordReporter>>>,
    In<Draft,
       On<Edit, Stay, By<Reporter>, ReportIsFit, Do<KeepReport>>,
       On<Submit, Screening, By<Reporter>, If<OwnRoundIsCollecting>,
          Do<SetFirstLevel, StartClock<ScreenClock>>>,
       On<Discard, Discarded, By<Reporter>, Do<Personal::Plan>>, Erases>,
    In<Screening,
       On<Accept, AwaitingDispatch, By<Coordinator, Screener>, Do<StopClock<ScreenClock>>>,
       On<Escalate, Stay, By<Coordinator, Screener>, If<LevelIsBelowProvince>,
          Do<RaiseLevel, StartClock<ScreenClock>>>,
       On<RequestSupplement, Supplementing, By<Coordinator, Screener>,
          Do<Keep<Missing>, PauseClock<ScreenClock>, StartClock<SupplementClock>>>,
       On<Reject, Rejected, By<Coordinator, Screener>,
          Do<StopClock<ScreenClock>, Personal::Plan, TellMerged<Rejected>>>,
       On<Merge, Merged, By<Coordinator, Screener>, If<MainProblemIsOpen>,
          Do<StopClock<ScreenClock>, Personal::Plan, JoinMainProblem>>,
       On<SolveLocally, Handling, By<Coordinator>,
          If<UnitsAreFit<CoHandlersAre>, UnitIsOfThisLevel, DueIsAhead>,
          Do<StopClock<ScreenClock>, RecordAssignment>>>,
    In<Supplementing,
       On<Edit, Stay, By<Reporter>, If<PlaceIsOwn, CategoryIsKnown>,
          Do<Keep<Title, Description, Category, RegionIs, Source, ContactPerson, ContactPhone>>>,
       On<Resubmit, Screening, By<Reporter>,
          Do<StopClock<SupplementClock>, ResumeClock<ScreenClock>>>,
       On<Withdraw, Withdrawn, By<Reporter>, Do<StopClock<SupplementClock>, Personal::Plan>>>,
    // assign
    In<AwaitingDispatch,
       On<Assign, AwaitingAcknowledgement, By<Coordinator>,
          If<UnitsAreFit<CoHandlersAre>, DueIsAhead>, AssignAnew>>,
    In<AwaitingAcknowledgement,
       On<Acknowledge, Handling, By<LeadUnit>,
          Do<Keep<Contact>, StopClock<AcknowledgeClock, DeclineClock>>>,
       On<Decline, AwaitingDispatch, By<LeadUnit>, If<DeclineIsInTime, DeclinesAreLeft>,
          Do<Count<DeclineCount>, ForgetAssignment>>>,
    // resolve
    In<Handling,
       On<LogProgress, Stay, By<LeadUnit, CoHandlers>>,
       On<GiveOpinion, Stay, By<CoHandlers>, Do<RecordOpinion>>,
       On<WaiveOpinion, Stay, By<Coordinator>, If<OpinionIsMissing>, Do<RecordWaiver>>,
       On<RequestExtension, Stay, By<LeadUnit>,
          If<NoExtensionIsPending, ExtensionsAreLeft, ExtensionIsWithinCap>, Do<AskForExtension>>,
       On<GrantExtension, Stay, By<Coordinator>, If<ExtensionIsPending>,
          Do<MoveDueDate, Count<ExtensionCount>, Clear<ExtensionUntil>>>,
       On<RefuseExtension, Stay, By<Coordinator>, If<ExtensionIsPending>,
          Do<Clear<ExtensionUntil>>>,
       On<Transfer, AwaitingDispatch, By<Coordinator>, Do<ForgetAssignment>>,
       On<SubmitResolution, Reviewing, By<LeadUnit>, If<OpinionsAreComplete>,
          Do<Keep<Result, Measures>, Stamp<HandledAt>, RecordLateness, Clear<ExtensionUntil>>>,
       On<Shelve, Shelved, By<ProvincialOffice>, If<ReviewIsAhead>,
          Do<Keep<ReviewAt>, PauseClock<HandleClock>>>>,
    In<Shelved,
       On<Remind, Stay, By<System>, If<ReviewIsDue>, Do<Clear<ReviewAt>>>,
       On<Resume, Handling, By<ProvincialOffice>, Do<ResumeClock<HandleClock>>>>,
    In<Reviewing,
       On<ApproveResolution, AwaitingVisit, By<Coordinator>,
          Do<ForgetVisits, StartClock<VisitClock>>>,
       On<ReturnForRework, Handling, By<Coordinator>, Do<Count<ReworkCount>>, HandleAnew>>,
    // revisit
    In<AwaitingVisit,
       On<GiveFeedback, Stay, By<Reporter>, Do<RecordFeedback>>,
       On<LogVisit, Stay, By<Visitor>, If<Independent, VisitIsNotAhead>,
          Do<Keep<ThoroughlyResolved, AcceptedByGrassroots>, RecordVisit>>,
       On<ConcludeVisits, FirstOf<To<AwaitingClose, If<EveryVisitIsGood>>,
                                  To<Handling, Do<Count<ReworkCount>>, HandleAnew>>,
          By<Visitor>, If<Independent, AVisitIsLogged>, Do<StopClock<VisitClock>>>>,
    // close
    In<AwaitingClose,
       On<Close, Closed, By<Coordinator>, Do<Stamp<ClosedAt>, Personal::Plan, TellMerged<Closed>>>>,
    In<Closed,
       On<Reopen, Handling, By<Coordinator>, If<LookBackIsOpen>, Do<Count<ReopenedCount>>,
          HandleAnew>>,
    In<Merged,
       On<HearResult, Stay, By<System>, Do<Keep<MainState, Measures>, RecordMainResult>>>,
    In<Unfinished,
       On<TakeIn, Stay, By<System>, If<MergedIsNotFull>, Do<TakeInOther>>,
       On<RecordConsultation, Stay, By<System>, Do<AddConsultation>>,
       Redacts, Erases>,
    In<Ended, Redacts, Erases, Forgets>,
    // beside it: supervision, driven by people
    In<Normal, On<Urge, Urged, Pressers, If<IsUnfinished>, Do<Count<UrgeCount>>>>,
    In<Urged, On<Urge, Stay, Pressers, If<IsUnfinished>, Do<Count<UrgeCount>>>,
              On<List, Listed, Pressers, If<IsUnfinished>>>,
    In<Listed, On<Circulate, Circulated, Pressers, If<IsUnfinished, IsOverdueEnough>>>>;
// clang-format on

using IsHandled = Mark<"handled", Has<HandledAt>>;
using IsOnTime = Mark<"handled_on_time", Has<HandledAt>, Not<IsTrue<HandledLate>>>;
using IsLate = Mark<"handled_late", Has<HandledAt>, IsTrue<HandledLate>>;
using IsReworked = Mark<"reworked", Has<HandledAt>, IsPositive<ReworkCount>>;
using IsVisited = Mark<"visited", Has<ThoroughlyResolved>>;
using IsThorough = Says<ThoroughlyResolved, "yes">;
using IsAccepted = Says<AcceptedByGrassroots, "satisfied", "mostly_satisfied">;
using IsResolved = Mark<"resolved", Has<ThoroughlyResolved>, IsThorough>;
using IsUnresolved = Mark<"unresolved", Has<ThoroughlyResolved>, Not<IsThorough>>;
using IsSatisfied = Mark<"satisfied", Has<ThoroughlyResolved>, IsAccepted>;
using IsDissatisfied = Mark<"dissatisfied", Has<ThoroughlyResolved>, Not<IsAccepted>>;

struct Definition {
    static constexpr std::string_view name = "problem";
    static constexpr std::span<CodeEntry const> codes = own_codes;
    using table = Rows;
    using beside = mp::mp_list<Beside<"supervision", Normal>>;
    using tags = Tags<Category, Source, RoundIs, RegionIs, ReportingUnit,
                      OfHandlingUnit<LeadUnitIs>, OfHandlingUnit<CoHandlersAre>>;
    using marks = Marks<IsHandled, IsOnTime, IsLate, IsReworked, IsVisited, IsResolved,
                        IsUnresolved, IsSatisfied, IsDissatisfied>;
    using moments =
        Moments<CreatedAs<"reported">, AssignedAt, OverdueAt, HandledAt, VisitedAt, ClosedAt>;
    using rates = Rates<Rate<"on_time_rate", IsOnTime, IsHandled, HandledAt>,
                        Rate<"resolution_rate", IsResolved, IsVisited, VisitedAt>,
                        Rate<"satisfaction_rate", IsSatisfied, IsVisited, VisitedAt>,
                        Rate<"rework_rate", IsReworked, IsHandled, HandledAt>>;
    using seen_by = SeenBy<OverRegion<RegionIs>, OfUnit<ReportingUnit>, OfUnit<LeadUnitIs>,
                           OfUnits<CoHandlersAre>>;
    using unmasked_by =
        UnmaskedBy<Reporter, LeadUnit, CoHandlers, RegionCoordinator, RegionScreener, Visitor>;
    using attachments =
        Attachments<Purpose<"report", Participant>, Purpose<"progress", Participant>,
                    Purpose<"result", Participant>, Purpose<"visit", Participant>>;
    using numbering = NumberedBy<RoundIs>;
};

} // namespace problems

Workflow const& problem() {
    return kit::workflow_of<problems::Definition>();
}

} // namespace banjie::workflows
