#include "workflows/consultation.hpp"

#include "workflows/contract/limits.hpp"
#include "workflows/kit/machine_workflow.hpp"
#include "workflows/problem/vocabulary.hpp"
#include "workflows/shared/guards.hpp"

namespace banjie::workflows {

namespace consultations {

using namespace shared;
using problems::RecordConsultation;

constexpr CodeEntry own_codes[] = {
    {"bad_number_of_problems", RefusalKind::not_permitted,
     "The consultation names no problem, or too many.", "Hold several consultations."},
    {"problem_is_not_in_hand", RefusalKind::not_permitted,
     "A problem of the consultation is finished.", "Name unfinished problems only."},
    {"unknown_participant", RefusalKind::invalid, "There is no such participant.",
     "Look up the unit among the organisations."},
    {"unknown_problem", RefusalKind::not_permitted, "There is no such problem.",
     "Look up its id in the list of problems."},
};
[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, own_codes, shared_codes);
}

struct Agenda : Fact<"agenda", Kind::long_text> {};
struct Problems : Fact<"problems", Kind::instances, IdsOf<"problem">> {};
struct HeldAt : Fact<"held_at", Kind::time> {};
struct Participants : Fact<"participants", Kind::units> {};
struct ConvenerIs : Fact<"convener", Kind::unit> {};
struct Minutes : Fact<"minutes", Kind::long_text> {};

struct Convener
    : Party<"convener", "召集单位", "its convener", Role::coordinator, OfUnit<ConvenerIs>> {};
struct Guests
    : Party<"participants", "参会单位", "a participant", Role::handler, OfUnits<Participants>> {};

struct Called : State<"called", "call", Awaits<Coordinator>> {};
struct Held : State<"held", "hold", Awaits<Coordinator>> {};
struct Concluded : State<"concluded", "conclude"> {};
struct Cancelled : State<"cancelled", "conclude"> {};

struct Call : Command<"call", "called", Form<Title, Agenda, Problems, HeldAt, May<Participants>>> {
};
struct Change
    : Command<"change", "changed",
              Form<May<Title>, May<Agenda>, May<Problems>, May<HeldAt>, May<Participants>>> {};
struct Hold : Command<"hold", "held", Form<May<Minutes>>> {};
struct Conclude : Command<"conclude", "concluded", Form<Conclusions>, Demands<RecordConsultation>> {
};
struct Cancel : Command<"cancel", "cancelled", Form<ReasonGiven>> {};

/// Demands problems that are in hand and within the actor's jurisdiction. Lets an absent list pass.
struct ProblemsAreInHand : Named<"problems_are_in_hand"> {
    Verdict operator()(Case const& here, Given<Problems> given) const {
        if (!given.has<Problems>()) return std::nullopt;
        auto const& all = given.get<Problems>();
        if (all.empty() || all.size() > limits::consulted_problems)
            return Reason{"bad_number_of_problems"_code,
                          std::to_string(all.size()) + " problems are named, not 1 to " +
                              std::to_string(limits::consulted_problems)};
        for (auto const& id : all) {
            auto const found = here.world.instance(id);
            if (!found || found->workflow != "problem" || !here.actor.covers(found->region))
                return Reason{"unknown_problem"_code, "there is no problem " + quoted(id)};
            if (!problems::is_unfinished(found->state))
                return Reason{"problem_is_not_in_hand"_code,
                              "problem " + quoted(id) + " is not in hand"};
        }
        return std::nullopt;
    }
};

struct ParticipantsAreKnown : Named<"participants_are_known"> {
    Verdict operator()(Case const& here, Given<Participants> given) const {
        for (auto const& unit : given.get<Participants>())
            if (!here.world.unit(unit))
                return Reason{"unknown_participant"_code, "there is no unit " + quoted(unit),
                              Participants::name};
        return std::nullopt;
    }
};

struct RecordConvener : Named<"record_convener"> {
    void operator()(Case const& here, Sets<ConvenerIs, RegionIs, LevelIs> sets) const {
        sets.set<ConvenerIs>(here.actor.organisation);
        sets.set<RegionIs>(here.actor.region);
        sets.set<LevelIs>(name_of(here.actor.level));
    }
};

/// Skips problems that were finished meanwhile.
struct TellProblems : Named<"tell_problems"> {
    void operator()(Case const& here, Known<Title, Problems> known, Given<Conclusions> given,
                    Demand<RecordConsultation> demand) const {
        for (auto const& id : known.get<Problems>()) {
            auto const found = here.world.instance(id);
            if (!found || !problems::is_unfinished(found->state)) continue;
            auto form = demand.form();
            form.set<problems::ConsultationIs>(here.instance.id);
            form.set<Title>(known.get<Title>());
            form.set<Conclusions>(given.get<Conclusions>());
            demand(id, std::move(form));
        }
    }
};

using KeepCall = Keep<Title, Agenda, Problems, HeldAt, Participants>;
using CallIsFit = If<ProblemsAreInHand, ParticipantsAreKnown>;

struct Definition {
    static constexpr std::string_view name = "consultation";
    static constexpr std::span<CodeEntry const> codes = own_codes;
    // clang-format off
    using table = Table<
        In<New,
           On<Call, Called, By<AnyCoordinator>, CallIsFit, Do<KeepCall, RecordConvener>>>,
        In<Called,
           On<Change, Stay, By<Coordinator>, CallIsFit, Do<KeepCall>>,
           On<Hold, Held, By<Coordinator>, Do<Keep<Minutes>>>,
           On<Cancel, Cancelled, By<Coordinator>, Do<Keep<ReasonGiven>>>>,
        In<Held,
           On<Conclude, Concluded, By<Coordinator>, Do<Keep<Conclusions>, TellProblems>>>>;
    // clang-format on
    using tags = Tags<RegionIs, ConvenerIs, OfHandlingUnit<Participants>>;
    using seen_by = SeenBy<OverRegion<RegionIs>, OfUnit<ConvenerIs>, OfUnits<Participants>>;
    using tells = Tells<Convener, Guests>;
};

} // namespace consultations

Workflow const& consultation() {
    return kit::workflow_of<consultations::Definition>();
}

} // namespace banjie::workflows
