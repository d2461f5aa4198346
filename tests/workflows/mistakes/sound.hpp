#pragma once
// A small valid workflow: promised works, reported on until they are delivered and verified. The
// mistakes of mistakes.txt are made in copies of it.

#include "workflows/kit/checks.hpp"

namespace banjie::workflows::works {

using namespace kit;

constexpr CodeEntry own_codes[] = {
    {"not_complete", RefusalKind::not_permitted, "Not all of the work is done.", ""},
    {"outcome_is_poor", RefusalKind::not_permitted, "The outcome is poor.", ""},
    {"percent_shrinks", RefusalKind::not_permitted, "Less is done than was reported before.", ""},
    {"returned_too_often", RefusalKind::not_permitted, "The work was returned too often.", ""},
};
[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, own_codes, shared_codes);
}

struct Title : Fact<"title", Kind::text> {};
struct RegionIs : Fact<"region", Kind::region> {};
struct LevelIs : Fact<"level", Kind::choice, OneOf<"county", "city", "province">> {};
struct Year : Fact<"year", Kind::integer> {};
struct Cost : Fact<"cost", Kind::integer, Counted<2>> {};
struct PlanningUnit : Fact<"planning_unit", Kind::unit> {};
struct LeadUnitIs : Fact<"lead_unit", Kind::unit> {};
struct Percent : Fact<"percent", Kind::integer, AtMost<100>> {};
struct Progress : Fact<"progress", Kind::long_text> {};
struct Outcome : Fact<"outcome", Kind::choice, OneOf<"good", "poor">> {};
struct Findings : Fact<"findings", Kind::long_text> {};
struct InspectorIs : Fact<"inspector", Kind::text> {};
struct SuspendedUntil : Fact<"suspended_until", Kind::time> {};
struct DeliveredAt : Fact<"delivered_at", Kind::time> {};
struct ReturnCount : Fact<"return_count", Kind::integer> {};
struct Became : Fact<"became", Kind::instance> {};
struct ReasonGiven : Fact<"reason", Kind::long_text> {};
struct Category : Fact<"category", Kind::category> {};

struct ReportClock : Clock<"report"> {};
struct DeliverClock : Clock<"deliver"> {};
struct Returns : Limit<"returns"> {};

struct Planner : Party<"planner", "计划单位", "a planning office", Role::coordinator> {};
struct Coordinator : Party<"coordinator", "本级协调员", "its coordinator", Role::coordinator,
                           OfOffice<LevelIs, RegionIs>> {};
struct LeadUnit
    : Party<"lead_unit", "牵头单位", "its lead unit", Role::handler, OfUnit<LeadUnitIs>> {};
struct Inspector
    : Party<"inspector", "验收人", "its inspector", Role::visitor, OfPerson<InspectorIs>> {};

// Command of another workflow, as its vocabulary declares it.
struct ReportProblem
    : Command<"report", "reported", Of<"problem">, Form<Title, RegionIs, May<Category>>> {};

struct Plan : Command<"plan", "planned", Form<Title, RegionIs, Year, May<Cost>>> {};
struct Approve : Command<"approve", "approved", Form<LeadUnitIs>> {};
struct Report : Command<"report_progress", "progress_reported", Form<Percent, Progress>> {};
struct RaiseProblem
    : Command<"raise_problem", "problem_raised", Form<Category>, Demands<ReportProblem>> {};
struct Suspend : Command<"suspend", "suspended", Form<ReasonGiven, SuspendedUntil>> {};
struct Resume : Command<"resume", "resumed", Form<>> {};
struct Remind : Command<"remind", "reminded", Internal> {};
struct Deliver : Command<"deliver", "delivered"> {};
struct Verify : Command<"verify", "verified", Form<Outcome, Findings>> {};
struct Drop : Command<"drop", "dropped", Form<ReasonGiven>> {};

struct Proposed
    : State<"proposed", "plan", Awaits<Coordinator>, Private, SeenBy<OfUnit<PlanningUnit>>> {};
struct UnderWay : State<"under_way", "deliver", Awaits<LeadUnit>, Runs<ReportClock, DeliverClock>> {
};
struct Suspended
    : State<"suspended", "deliver", Awaits<Coordinator>, Wakes<SuspendedUntil, Remind>> {};
struct Delivered : State<"delivered", "verify", Awaits<Inspector, Coordinator>> {};
struct Verified : State<"verified", "verify", SeenBy<Everyone>> {};
struct Dropped : State<"dropped", "verify"> {};

struct PercentGrows : Named<"percent_grows"> {
    Verdict operator()(Known<Percent> known, Given<Percent> given) const {
        if (given.get<Percent>() >= known.get<Percent>()) return std::nullopt;
        return Reason{"percent_shrinks"_code, "less is done than was reported before"};
    }
};
struct ItIsComplete : Named<"it_is_complete"> {
    Verdict operator()(Known<Percent> known) const {
        if (known.get<Percent>() == 100) return std::nullopt;
        return Reason{"not_complete"_code, "not all of it is done"};
    }
};
struct OutcomeIsGood : Named<"outcome_is_good"> {
    Verdict operator()(Given<Outcome> given) const {
        if (given.is<Outcome, "good">()) return std::nullopt;
        return Reason{"outcome_is_poor"_code, "the outcome is poor"};
    }
};
struct ReturnsAreLeft : Named<"returns_are_left"> {
    Verdict operator()(Known<ReturnCount> known, Caps<Returns> caps) const {
        if (known.get<ReturnCount>() < caps.get<Returns>()) return std::nullopt;
        return Reason{"returned_too_often"_code, "it has been returned too often"};
    }
};
struct RecordOffice : Named<"record_office"> {
    void operator()(Case const& here, Sets<PlanningUnit, LevelIs> sets) const {
        sets.set<PlanningUnit>(here.actor.organisation);
        sets.set<LevelIs>(name_of(here.actor.level));
    }
};
struct RecordInspector : Named<"record_inspector"> {
    void operator()(Case const& here, Sets<InspectorIs> sets) const {
        sets.set<InspectorIs>(here.actor.user);
    }
};
struct ReportToProblem : Named<"report_to_problem"> {
    void operator()(Known<Title, RegionIs> known, Given<Category> given,
                    Creates<ReportProblem, Became> create) const {
        auto form = create.form();
        form.set<Title>(known.get<Title>());
        form.set<RegionIs>(known.get<RegionIs>());
        form.set<Category>(given.get<Category>());
        create(std::move(form));
    }
};

using WasReturned = Mark<"returned", IsPositive<ReturnCount>>;
using IsVerified = Mark<"verified", Has<Outcome>>;

struct Definition {
    static constexpr std::string_view name = "works";
    static constexpr std::span<CodeEntry const> codes = own_codes;
    using tags = Tags<Year, Outcome, OfHandlingUnit<LeadUnitIs>>;
    using marks = Marks<WasReturned, IsVerified>;
    using moments = Moments<CreatedAs<"planned">, DeliveredAt>;
    using numbers = Numbers<Cost>;
    using rates = Rates<Rate<"return_rate", WasReturned, IsVerified, DeliveredAt>>;
    using seen_by = SeenBy<OverRegion<RegionIs>, OfUnit<LeadUnitIs>, OfPerson<InspectorIs>>;
    using attachments = Attachments<Purpose<"photo", LeadUnit>>;
    using numbering = NumberedByYear<"实">;
    // clang-format off
    using table = Table<
        In<New,
           On<Plan, Proposed, By<Planner>,
              Do<Keep<Title, RegionIs, Year, Cost>, RecordOffice>>>,
        In<Proposed,
           On<Approve, UnderWay, By<Coordinator>,
              Do<Keep<LeadUnitIs>, StartClock<ReportClock>, StartClock<DeliverClock>>>>,
        In<UnderWay,
           On<Report, Stay, By<LeadUnit>, If<PercentGrows>,
              Do<Keep<Percent, Progress>, StartClock<ReportClock>>>,
           On<RaiseProblem, Stay, By<LeadUnit>, Do<ReportToProblem>>,
           On<Suspend, Suspended, By<Coordinator>,
              Do<Keep<SuspendedUntil>, StopClock<ReportClock>, PauseClock<DeliverClock>>>,
           On<Deliver, Delivered, By<LeadUnit>, If<ItIsComplete>,
              Do<Stamp<DeliveredAt>, StopClock<ReportClock>>>>,
        In<Suspended,
           On<Remind, Stay, By<System>, Do<Clear<SuspendedUntil>>>,
           On<Resume, UnderWay, By<Coordinator>,
              Do<Clear<SuspendedUntil>, ResumeClock<DeliverClock>, StartClock<ReportClock>>>>,
        In<Each<Proposed, Suspended>,
           On<Drop, Dropped, By<Coordinator>>>,
        In<Delivered,
           On<Verify, FirstOf<To<Verified, If<OutcomeIsGood>, Do<StopClock<DeliverClock>>>,
                              To<UnderWay, If<ReturnsAreLeft>, Do<Count<ReturnCount>>>>,
              By<Inspector, Coordinator>, Do<Keep<Outcome, Findings>, RecordInspector>>>>;
    // clang-format on
};

} // namespace banjie::workflows::works
