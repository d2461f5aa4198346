#include "workflows/problem.hpp"

#include "workflows/kit/machine.hpp"
#include "workflows/problem/actions.hpp"
#include "workflows/problem/guards.hpp"
#include "workflows/problem/turns.hpp"

namespace banjie::workflows {

namespace problems {

using ReportIsFit = AllOf<PlaceIsOwn, CategoryIsKnown, RoundIsCollecting>;
using MayReport = AnyOf<Reporter, System>;
using ForAcknowledgement = Then<RecordAssignment, StartClock<"acknowledge">, StartClock<"decline">>;
using ExtensionIsFit = AllOf<NoExtensionIsPending, ExtensionsAreLeft, ExtensionIsWithinCap>;

// clang-format off
using Main = mp::mp_list<
    // collect
    Row<New,                     Report,            Draft,                   RecordReport,                                     ReportIsFit,                              Reporter>,
    Row<New,                     Report,            Screening,               Then<RecordReport, StartClock<"screen">>,         AllOf<SubmitIsAsked, ReportIsFit>,        MayReport>,
    Row<Draft,                   Edit,              Draft,                   KeepFields<"title", "description", "category", "region", "round", "source">, ReportIsFit,   Reporter>,
    Row<Draft,                   Submit,            Screening,               Then<SetFirstLevel, StartClock<"screen">>,        OwnRoundIsCollecting,                     Reporter>,
    Row<Draft,                   Discard,           Discarded,               Nothing,                                          Always,                                   Reporter>,
    Row<Screening,               Accept,            AwaitingDispatch,        StopClock<"screen">,                              Always,                                   ScreenerHere>,
    Row<Screening,               Escalate,          Screening,               Then<RaiseLevel, StartClock<"screen">>,           LevelIsBelowProvince,                     ScreenerHere>,
    Row<Screening,               RequestSupplement, Supplementing,           Then<KeepFields<"missing">, PauseClock<"screen">, StartClock<"supplement">>, Always,         ScreenerHere>,
    Row<Screening,               Reject,            Rejected,                Then<StopClock<"screen">, TellMerged>,            Always,                                   ScreenerHere>,
    Row<Screening,               Merge,             Merged,                  Then<StopClock<"screen">, JoinMainProblem>,       MainProblemIsOpen,                        ScreenerHere>,
    Row<Screening,               SolveLocally,      Handling,                Then<StopClock<"screen">, RecordAssignment>,      AllOf<UnitsAreFit, UnitIsOfThisLevel, DueIsAhead>, CoordinatorHere>,
    Row<Supplementing,           Edit,              Supplementing,           KeepFields<"title", "description", "category", "region", "source">, AllOf<PlaceIsOwn, CategoryIsKnown>, Reporter>,
    Row<Supplementing,           Resubmit,          Screening,               Then<StopClock<"supplement">, ResumeClock<"screen">>, Always,                               Reporter>,
    Row<Supplementing,           Withdraw,          Withdrawn,               StopClock<"supplement">,                          Always,                                   Reporter>,
    // assign
    Row<AwaitingDispatch,        Assign,            AwaitingAcknowledgement, ForAcknowledgement,                               AllOf<UnitsAreFit, DueIsAhead>,           CoordinatorHere>,
    Row<AwaitingAcknowledgement, Acknowledge,       Handling,                Then<KeepFields<"contact">, StopClock<"acknowledge">, StopClock<"decline">>, Always,        LeadUnit>,
    Row<AwaitingAcknowledgement, Decline,           AwaitingDispatch,        Then<CountDecline, ForgetAssignment>,             AllOf<DeclineIsInTime, DeclinesAreLeft>,  LeadUnit>,
    // resolve
    Row<Handling,                LogProgress,       Handling,                Nothing,                                          Always,                                   AnyOf<LeadUnit, CoHandler>>,
    Row<Handling,                GiveOpinion,       Handling,                RecordOpinion,                                    Always,                                   CoHandler>,
    Row<Handling,                WaiveOpinion,      Handling,                RecordWaiver,                                     OpinionIsMissing,                         CoordinatorHere>,
    Row<Handling,                RequestExtension,  Handling,                AskForExtension,                                  ExtensionIsFit,                           LeadUnit>,
    Row<Handling,                GrantExtension,    Handling,                MoveDueDate,                                      ExtensionIsPending,                       CoordinatorHere>,
    Row<Handling,                RefuseExtension,   Handling,                ForgetExtension,                                  ExtensionIsPending,                       CoordinatorHere>,
    Row<Handling,                Transfer,          AwaitingDispatch,        ForgetAssignment,                                 Always,                                   CoordinatorHere>,
    Row<Handling,                SubmitResolution,  Reviewing,               RecordResult,                                     OpinionsAreComplete,                      LeadUnit>,
    Row<Handling,                Shelve,            Shelved,                 Then<KeepFields<"review_at">, PauseClock<"handle">>, ReviewIsAhead,                         ProvincialCoordinator>,
    Row<Shelved,                 Remind,            Shelved,                 ForgetReview,                                     ReviewIsDue,                              System>,
    Row<Shelved,                 Resume,            Handling,                ResumeClock<"handle">,                            Always,                                   ProvincialCoordinator>,
    Row<Reviewing,               ApproveResolution, AwaitingVisit,           Then<ForgetVisits, StartClock<"visit">>,          Always,                                   CoordinatorHere>,
    Row<Reviewing,               ReturnForRework,   Handling,                StartRework,                                      Always,                                   CoordinatorHere>,
    // revisit
    Row<AwaitingVisit,           GiveFeedback,      AwaitingVisit,           RecordFeedback,                                   Always,                                   Reporter>,
    Row<AwaitingVisit,           LogVisit,          AwaitingVisit,           RecordVisit,                                      AllOf<VisitorIsIndependent, VisitIsNotAhead>, FollowUpTeam>,
    Row<AwaitingVisit,           ConcludeVisits,    Handling,                Then<StopClock<"visit">, StartRework>,            AllOf<VisitorIsIndependent, AVisitIsLogged>, FollowUpTeam>,
    Row<AwaitingVisit,           ConcludeVisits,    AwaitingClose,           StopClock<"visit">,                               AllOf<VisitorIsIndependent, AVisitIsLogged, EveryVisitIsGood>, FollowUpTeam>,
    // close
    Row<AwaitingClose,           Close,             Closed,                  RecordClose,                                      Always,                                   CoordinatorHere>,
    Row<Closed,                  Reopen,            Handling,                CountReopening,                                   LookBackIsOpen,                           CoordinatorHere>,
    Row<Merged,                  HearResult,        Merged,                  RecordMainResult,                                 Always,                                   System>>;

// Beside it: supervision, driven by people.
using Supervision = mp::mp_list<
    Row<Normal,     Urge,      Urged,      CountUrge, IsUnfinished,                           Presser>,
    Row<Urged,      Urge,      Urged,      CountUrge, IsUnfinished,                           Presser>,
    Row<Urged,      List,      Listed,     Nothing,   IsUnfinished,                           Presser>,
    Row<Listed,     Circulate, Circulated, Nothing,   AllOf<IsUnfinished, IsOverdueEnough>,   Presser>>;
// clang-format on

struct Definition {
    static constexpr std::string_view name = "problem";
    static constexpr std::span facts{problems::facts};
    using initial = mp::mp_list<New, OnTime, Normal>;
    static constexpr std::string_view regions_beside[] = {"light", "supervision"};
    using table = mp::mp_append<Main, StayRows<Unfinished, TakeIn, TakeInOther, MergedIsNotFull>,
                                StayRows<Unfinished, RecordConsultation, AddConsultation>,
                                LightRows, Supervision>;
    static constexpr std::array<std::string_view, 7> clocks{
        "screen", "supplement", "acknowledge", "decline", "handle", "visit", "due_soon"};
    static constexpr std::array<std::string_view, 5> limits{
        "declines", "extensions", "extension_days", "look_back_days", "circulate_after"};

    static std::optional<Wake> wake(Texts const& states, Effect const& effect) {
        auto const review = effect.time("review_at");
        if (states.front() != Shelved::name || !review) return std::nullopt;
        return Wake{*review, std::string(Remind::name)};
    }
    static Texts waits_for(Instance const& problem) { return turns_of(problem); }

    // clang-format off
    static constexpr TagInfo tags[] = {
        {"category", Kind::category}, {"source", Kind::choice}, {"round", Kind::integer},
        {"region", Kind::region}, {"reporting_unit", Kind::unit}, {"lead_unit", Kind::unit, true},
        {"co_handlers", Kind::units, true}};
    static constexpr MarkInfo marks[] = {
        {"handled"}, {"handled_on_time"}, {"handled_late"}, {"reworked"}, {"visited"},
        {"resolved"}, {"unresolved"}, {"satisfied"}, {"dissatisfied"}};
    static constexpr MomentInfo moments[] = {
        {"reported", ""}, {"assigned", "assigned_at"}, {"overdue", "overdue_at"},
        {"handled", "handled_at"}, {"visited", "visited_at"}, {"closed", "closed_at"}};
    static constexpr RateInfo rates[] = {
        {"on_time_rate", "handled_on_time", "handled", "handled"},
        {"resolution_rate", "resolved", "visited", "visited"},
        {"satisfaction_rate", "satisfied", "visited", "visited"},
        {"rework_rate", "reworked", "handled", "handled"}};
    static constexpr AttachmentPurpose attachments[] = {
        {"report", "participant"}, {"progress", "participant"}, {"result", "participant"},
        {"visit", "participant"}};
    static constexpr Numbering numbering{.fact = "round"};
    // clang-format on
    static Facets facets() { return {tags, marks, moments, {}, rates}; }
    static std::uint64_t marks_of(Fields const& facts) { return outcomes_of(facts); }
    static std::vector<Place> seen_by(Instance const& problem) {
        bool const is_private =
            problem.state() == Draft::name || problem.state() == Discarded::name;
        if (is_private) return places_of(problem.facts, nullptr, {"reporting_unit"});
        return places_of(problem.facts, "region", {"reporting_unit", "lead_unit"}, "co_handlers");
    }
    static bool is_one_of(std::string_view party, Actor const& actor, Instance const& problem) {
        return party == "participant" && takes_part(actor, problem.facts);
    }
};

} // namespace problems

Workflow const& problem() {
    static kit::MachineWorkflow<problems::Definition> const workflow;
    return workflow;
}

} // namespace banjie::workflows
