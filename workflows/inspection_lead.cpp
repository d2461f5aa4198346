#include "workflows/inspection_lead.hpp"

#include "workflows/kit/machine.hpp"
#include "workflows/kit/parts.hpp"

namespace banjie::workflows {

namespace inspection_leads {

using namespace kit;
using Kind = FieldKind;
using Note = Optional<"note", Kind::long_text>;
using Reason = Field<"reason", Kind::long_text>;
using Kinds = OneOf<"listed_supervision", "limited_time_check">;
using Channels = OneOf<"internet_inspection", "state_council_inspection", "hotline_12345",
                       "governor_phone", "wenzheng_jiangxi", "column_paman", "audit", "petition">;

// Each kind has a clock of its own name.
// clang-format off
struct Registered : State<"registered",  "register"> {};
struct Judged     : State<"judged",      "judge"> {};
struct HandedOver : State<"handed_over", "rectify", "listed_supervision,limited_time_check"> {};
struct Rectified  : State<"rectified",   "verify"> {};
struct Verified   : State<"verified",    "close"> {};
struct Closed     : State<"closed",      "close"> {};
struct Dismissed  : State<"dismissed",   "close"> {};

struct Register : Command<"register", "registered",
    Field<"title", Kind::text>, Field<"description", Kind::long_text>, Field<"region", Kind::region>,
    Field<"kind", Kind::choice, true, Kinds>, Field<"channel", Kind::choice, true, Channels>> {};
struct Judge        : Command<"judge",         "judged", Field<"founded", Kind::boolean>, Field<"grounds", Kind::long_text>> {};
struct Dismiss      : Command<"dismiss",       "dismissed", Reason> {};
struct HandOver     : Command<"hand_over",     "handed_over", Field<"lead_unit", Kind::unit>, Note> {};
struct RaiseProblem : Command<"raise_problem", "problem_raised", Field<"category", Kind::category>, Optional<"round", Kind::integer>, Note> {};
struct Rectify      : Command<"rectify",       "rectified", Field<"measures", Kind::long_text>> {};
struct Verify       : Command<"verify",        "verified", Field<"findings", Kind::long_text>> {};
struct Return       : Command<"return",        "returned", Reason> {};
struct Close        : Command<"close",         "closed", Note> {};
// clang-format on

/// Registers for the own office.
struct Inspector : Named<"inspector"> {
    static bool admits(Case const& judged) {
        auto const& actor = judged.context.actor;
        return actor.has(Role::supervisor) || Coordinator::admits(judged);
    }
};

/// Answers for a lead that has no lead unit because it became a problem.
struct RaisingOffice : Named<"raising_office"> {
    static bool admits(Case const& judged) {
        return judged.facts.has("became") && CoordinatorHere::admits(judged);
    }
};

template <bool Wanted, Name Id>
struct FoundedIs : Named<Id> {
    Verdict operator()(Case const& judged) const {
        if (judged.facts.flag("founded") == Wanted) return std::nullopt;
        return judged.refuse(Wanted ? "lead_is_unfounded" : "lead_is_founded",
                             std::string("it has been judged ") +
                                 (Wanted ? "unfounded" : "founded"),
                             Wanted ? "Dismiss it." : "Hand it over, or raise a problem.");
    }
};
using IsFounded = FoundedIs<true, "is_founded">;
using IsUnfounded = FoundedIs<false, "is_unfounded">;

/// What became a problem is rectified when that problem is closed.
struct ItsProblemIsClosed : Named<"its_problem_is_closed"> {
    Verdict operator()(Case const& judged) const {
        if (!judged.facts.has("became")) return std::nullopt;
        std::string const id(judged.facts.text("became"));
        auto const problem = judged.context.world.instance(id);
        if (problem && problem->state == "closed") return std::nullopt;
        return judged.refuse("problem_is_not_closed",
                             "the problem '" + id + "' that it became is not closed",
                             "Bring the problem to its close first.");
    }
};

struct RecordOffice : Named<"record_office"> {
    void operator()(Effect const& effect) const {
        auto const& actor = effect.before.context.actor;
        effect.changes.set("reporting_unit", actor.organisation);
        effect.changes.set("level", std::string(name_of(actor.level)));
    }
};

struct StartOwnClock : Named<"start_own_clock"> {
    void operator()(Effect const& effect) const {
        start_clock(effect, effect.before.facts.text("kind"));
    }
};

struct CountReturn : Named<"count_return"> {
    void operator()(Effect const& effect) const { effect.count("return_count"); }
};

/// The engine remembers the new problem's id as the fact `became`.
struct ReportProblem : Named<"report_problem"> {
    void operator()(Effect const& effect) const {
        auto const& facts = effect.before.facts;
        Fields report;
        for (std::string_view const fact : {"title", "description", "region"})
            report.set(fact, std::string(facts.text(fact)));
        for (std::string_view const field : {"category", "round"})
            if (auto const* value = effect.fields.find(field)) report.set(field, *value);
        report.set("source", std::string(facts.text("channel")));
        report.set("submit", true);
        effect.demand("problem", "", "report", std::move(report));
    }
};

using KeepLead = KeepFields<"title", "description", "region", "kind", "channel">;
using KeepJudgement = KeepFields<"founded", "grounds">;
using Rectifier = AnyOf<LeadUnit, RaisingOffice>;
using Verifier = AnyOf<FollowUpTeam, Presser>;

// clang-format off
using Main = mp::mp_list<
    Row<New,        Register,     Registered, Then<KeepLead, RecordOffice>,                PlaceIsOwn,                     Inspector>,
    Row<Registered, Judge,        Judged,     KeepJudgement,                               Always,                         Presser>,
    Row<Judged,     Dismiss,      Dismissed,  Nothing,                                     IsUnfounded,                    Presser>,
    Row<Judged,     HandOver,     HandedOver, Then<KeepFields<"lead_unit">, StartOwnClock>, AllOf<IsFounded, UnitsAreFit>, Presser>,
    Row<Judged,     RaiseProblem, HandedOver, Then<ReportProblem, StartOwnClock>,          AllOf<IsFounded, CategoryIsKnown>, Presser>,
    Row<HandedOver, Rectify,      Rectified,  KeepFields<"measures">,                      ItsProblemIsClosed,             Rectifier>,
    Row<Rectified,  Verify,       Verified,   KeepFields<"findings">,                      VisitorIsIndependent,           Verifier>,
    Row<Rectified,  Return,       HandedOver, Then<CountReturn, StartOwnClock>,            VisitorIsIndependent,           Verifier>,
    Row<Verified,   Close,        Closed,     Nothing,                                     Always,                         Presser>>;

struct Definition {
    static constexpr std::string_view name = "inspection_lead";
    static constexpr FieldSpec facts[] = {
        {"title", Kind::text, true}, {"description", Kind::long_text, true}, {"region", Kind::region, true},
        {"kind", Kind::choice, true}, {"channel", Kind::choice, true}, {"reporting_unit", Kind::unit, true},
        {"level", Kind::choice, true, level_names},
        {"founded", Kind::boolean}, {"grounds", Kind::long_text}, {"lead_unit", Kind::unit},
        {"became", Kind::instance}, {"measures", Kind::long_text}, {"findings", Kind::long_text},
        {"return_count", Kind::integer}, {"due_at", Kind::time}, {"due_soon_at", Kind::time},
        {"due_clock"}, {"due_is_provisional", Kind::boolean}, {"overdue_at", Kind::time}, {"listed_supervision_due_at", Kind::time},
        {"limited_time_check_due_at", Kind::time}};
    using initial = mp::mp_list<New, OnTime>;
    static constexpr std::string_view regions_beside[] = {"light"};
    using table = mp::mp_append<Main, LightRows>;
    static constexpr std::array<std::string_view, 3> clocks{"listed_supervision", "limited_time_check", "due_soon"};
    static constexpr std::array<std::string_view, 0> limits{};

    static constexpr TagInfo tags[] = {{"kind", Kind::choice}, {"channel", Kind::choice},
                                       {"region", Kind::region}, {"reporting_unit", Kind::unit},
                                       {"lead_unit", Kind::unit, true}};
    static constexpr MarkInfo marks[] = {{"founded"}, {"became_problem"}, {"returned"}};
    static constexpr MomentInfo moments[] = {{"registered", ""}, {"overdue", "overdue_at"}};
    static Facets facets() { return {tags, marks, moments, {}, {}}; }
    static std::uint64_t marks_of(Fields const& facts) {
        return std::uint64_t{facts.flag("founded")} | std::uint64_t{facts.has("became")} << 1U |
               std::uint64_t{facts.number("return_count") > 0} << 2U;
    }
    static std::vector<Place> seen_by(Instance const& lead) {
        return places_of(lead.facts, "region", {"reporting_unit", "lead_unit"});
    }
    static Texts waits_for(Instance const& lead) {
        auto const state = lead.state();
        if (state == Closed::name || state == Dismissed::name) return {};
        if (state == HandedOver::name && lead.facts.has("lead_unit"))
            return {"handler:" + std::string(lead.facts.text("lead_unit"))};
        return {"coordinator:" + office_at(level_of(lead.facts), lead.facts.text("region"))};
    }
};
// clang-format on

} // namespace inspection_leads

Workflow const& inspection_lead() {
    static kit::MachineWorkflow<inspection_leads::Definition> const workflow;
    return workflow;
}

} // namespace banjie::workflows
