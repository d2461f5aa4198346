#include "workflows/inspection_lead.hpp"

#include "workflows/kit/machine_workflow.hpp"
#include "workflows/problem/vocabulary.hpp"
#include "workflows/shared/guards.hpp"

namespace banjie::workflows {

namespace inspection_leads {

using namespace shared;

constexpr CodeEntry own_codes[] = {
    {"lead_is_founded", RefusalKind::not_permitted, "The lead has been judged founded.",
     "Hand it over, or raise a problem."},
    {"lead_is_unfounded", RefusalKind::not_permitted, "The lead has been judged unfounded.",
     "Dismiss it."},
    {"problem_is_not_closed", RefusalKind::not_permitted,
     "The problem that was raised from the lead is not closed.", "Close the problem first."},
};
[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, own_codes, shared_codes);
}

struct KindIs : Fact<"kind", Kind::choice, OneOf<"listed_supervision", "limited_time_check">> {};
struct Channel
    : Fact<"channel", Kind::choice,
           OneOf<"internet_inspection", "state_council_inspection", "hotline_12345",
                 "governor_phone", "wenzheng_jiangxi", "column_paman", "audit", "petition">> {};
struct Founded : Fact<"founded", Kind::boolean> {};
struct Grounds : Fact<"grounds", Kind::long_text> {};
struct Became : Fact<"became", Kind::instance, IdsOf<"problem">> {};
struct ReturnCount : Fact<"return_count", Kind::integer> {};

// Each kind has a clock of its own name.
struct ListedSupervision : Clock<"listed_supervision"> {};
struct LimitedTimeCheck : Clock<"limited_time_check"> {};
using StartOwnClock = StartClockOf<KindIs, ListedSupervision, LimitedTimeCheck>;

/// The coordinator answers for a lead that has no lead unit because it became a problem.
using RaisingOffice = While<Has<Became>, Coordinator>;

struct Registered : State<"registered", "register", Awaits<Coordinator>> {};
struct Judged : State<"judged", "judge", Awaits<Coordinator>> {};
struct HandedOver
    : State<"handed_over", "rectify", Awaits<LeadUnit, While<Not<Has<LeadUnitIs>>, Coordinator>>,
            Runs<ListedSupervision, LimitedTimeCheck>> {};
struct Rectified : State<"rectified", "verify", Awaits<Coordinator>> {};
struct Verified : State<"verified", "close", Awaits<Coordinator>> {};
struct Closed : State<"closed", "close"> {};
struct Dismissed : State<"dismissed", "close"> {};

struct Register
    : Command<"register", "registered", Form<Title, Description, RegionIs, KindIs, Channel>> {};
struct Judge : Command<"judge", "judged", Form<Founded, Grounds>> {};
struct Dismiss : Command<"dismiss", "dismissed", Form<ReasonGiven>> {};
struct HandOver : Command<"hand_over", "handed_over", Form<LeadUnitIs, May<Note>>> {};
struct RaiseProblem : Command<"raise_problem", "problem_raised",
                              Form<Category, May<RoundIs>, May<Note>>, Demands<problems::Report>> {
};
struct Rectify : Command<"rectify", "rectified", Form<Measures>> {};
struct Verify : Command<"verify", "verified", Form<Findings>> {};
struct Return : Command<"return", "returned", Form<ReasonGiven>> {};
struct Close : Command<"close", "closed", Form<May<Note>>> {};

struct IsFounded : Named<"is_founded"> {
    Verdict operator()(Known<Founded> known) const {
        if (known.get<Founded>()) return std::nullopt;
        return Reason{"lead_is_unfounded"_code, "it has been judged unfounded"};
    }
};
struct IsUnfounded : Named<"is_unfounded"> {
    Verdict operator()(Known<Founded> known) const {
        if (!known.get<Founded>()) return std::nullopt;
        return Reason{"lead_is_founded"_code, "it has been judged founded"};
    }
};

/// A lead that became a problem counts as rectified once that problem is closed.
struct ItsProblemIsClosed : Named<"its_problem_is_closed"> {
    Verdict operator()(Case const& here, Known<Became> known) const {
        if (!known.has<Became>()) return std::nullopt;
        auto const problem = here.world.instance(known.get<Became>());
        if (problem && problem->state == problems::Closed::name) return std::nullopt;
        return Reason{"problem_is_not_closed"_code, "the problem " + quoted(known.get<Became>()) +
                                                        " that it became is not closed"};
    }
};

struct RecordOffice : Named<"record_office"> {
    void operator()(Case const& here, Sets<ReportingUnit, LevelIs> sets) const {
        sets.set<ReportingUnit>(here.actor.organisation);
        sets.set<LevelIs>(name_of(here.actor.level));
    }
};

struct ReportProblem : Named<"report_problem"> {
    void operator()(Known<Title, Description, RegionIs, Channel> known,
                    Given<Category, RoundIs> given,
                    Creates<problems::Report, Became> create) const {
        auto form = create.form();
        form.set<Title>(known.get<Title>());
        form.set<Description>(known.get<Description>());
        form.set<RegionIs>(known.get<RegionIs>());
        form.set<Category>(given.get<Category>());
        if (given.has<RoundIs>()) form.set<RoundIs>(given.get<RoundIs>());
        form.set<problems::Source>(known.get<Channel>());
        form.set<problems::SubmitAtOnce>(true);
        create(std::move(form));
    }
};

using Inspectors = By<AnySupervisor, AnyCoordinator>;
using Pressers = By<UpperCoordinator, Supervisor>;
using Verifiers = By<Visitor, UpperCoordinator, Supervisor>;

struct Definition {
    static constexpr std::string_view name = "inspection_lead";
    static constexpr std::span<CodeEntry const> codes = own_codes;
    // clang-format off
    using table = Table<
        In<New,
           On<Register, Registered, Inspectors, If<PlaceIsOwn>,
              Do<Keep<Title, Description, RegionIs, KindIs, Channel>, RecordOffice>>>,
        In<Registered,
           On<Judge, Judged, Pressers, Do<Keep<Founded, Grounds>>>>,
        In<Judged,
           On<Dismiss, Dismissed, Pressers, If<IsUnfounded>>,
           On<HandOver, HandedOver, Pressers, If<IsFounded, UnitsAreFit<>>,
              Do<Keep<LeadUnitIs>, StartOwnClock>>,
           On<RaiseProblem, HandedOver, Pressers, If<IsFounded, CategoryIsKnown>,
              Do<ReportProblem, StartOwnClock>>>,
        In<HandedOver,
           On<Rectify, Rectified, By<LeadUnit, RaisingOffice>, If<ItsProblemIsClosed>,
              Do<Keep<Measures>>>>,
        In<Rectified,
           On<Verify, Verified, Verifiers, If<VisitorIsIndependent<>>, Do<Keep<Findings>>>,
           On<Return, HandedOver, Verifiers, If<VisitorIsIndependent<>>,
              Do<Count<ReturnCount>, StartOwnClock>>>,
        In<Verified,
           On<Close, Closed, Pressers>>>;
    // clang-format on
    using tags = Tags<KindIs, Channel, RegionIs, ReportingUnit, OfHandlingUnit<LeadUnitIs>>;
    using marks = Marks<Mark<"founded", IsTrue<Founded>>, Mark<"became_problem", Has<Became>>,
                        Mark<"returned", IsPositive<ReturnCount>>>;
    using moments = Moments<CreatedAs<"registered">, OverdueAt>;
    using seen_by = SeenBy<OverRegion<RegionIs>, OfUnit<ReportingUnit>, OfUnit<LeadUnitIs>>;
    using tells = Tells<Reporter>;
};

} // namespace inspection_leads

Workflow const& inspection_lead() {
    return kit::workflow_of<inspection_leads::Definition>();
}

} // namespace banjie::workflows
