#include "workflows/consultation.hpp"

#include "workflows/contract/limits.hpp"
#include "workflows/kit/machine.hpp"
#include "workflows/kit/parts.hpp"
#include "workflows/problem/guards.hpp"

namespace banjie::workflows {

namespace consultations {

using namespace kit;
using Kind = FieldKind;

// clang-format off
struct Called    : State<"called",    "call"> {};
struct Held      : State<"held",      "hold"> {};
struct Concluded : State<"concluded", "conclude"> {};
struct Cancelled : State<"cancelled", "conclude"> {};

struct Call : Command<"call", "called",
    Field<"title", Kind::text>, Field<"agenda", Kind::long_text>, Field<"problems", Kind::instances>,
    Field<"held_at", Kind::time>, Optional<"participants", Kind::units>> {};
struct Change : Command<"change", "changed",
    Optional<"title", Kind::text>, Optional<"agenda", Kind::long_text>, Optional<"problems", Kind::instances>,
    Optional<"held_at", Kind::time>, Optional<"participants", Kind::units>> {};
struct Hold     : Command<"hold",     "held", Optional<"minutes", Kind::long_text>> {};
struct Conclude : Command<"conclude", "concluded", Field<"conclusions", Kind::long_text>> {};
struct Cancel   : Command<"cancel",   "cancelled", Field<"reason", Kind::long_text>> {};
// clang-format on

/// Every problem is in hand and within the own jurisdiction; absent is well.
struct ProblemsAreInHand : Named<"problems_are_in_hand"> {
    Verdict operator()(Case const& judged, Fields const& fields) const {
        if (!fields.has("problems")) return std::nullopt;
        auto const& problems = fields.texts("problems");
        if (problems.empty() || problems.size() > limits::consulted_problems)
            return judged.refuse("bad_number_of_problems",
                                 std::to_string(problems.size()) +
                                     " problems are named, not 1 to " +
                                     std::to_string(limits::consulted_problems),
                                 "Hold several consultations.");
        for (auto const& id : problems) {
            auto const found = judged.context.world.instance(id);
            if (!found || found->workflow != "problem" ||
                !judged.context.actor.covers(found->region))
                return judged.refuse("unknown_problem", "there is no problem '" + id + "'",
                                     "Look up the id in the list of problems.");
            if (!problems::is_unfinished(found->state))
                return judged.refuse("problem_is_not_in_hand",
                                     "problem '" + id + "' is in state " + found->state,
                                     "Consult over what is still in hand.");
        }
        return std::nullopt;
    }
};

struct ParticipantsAreKnown : Named<"participants_are_known"> {
    Verdict operator()(Case const& judged, Fields const& fields) const {
        for (auto const& unit : fields.texts("participants"))
            if (!judged.context.world.unit(unit))
                return judged.refuse_field("participants", "unknown_participant",
                                           "there is no unit '" + unit + "'",
                                           "Look it up among the organisations.");
        return std::nullopt;
    }
};

/// The convener's office says where and at which level it is.
struct RecordConvener : Named<"record_convener"> {
    void operator()(Effect const& effect) const {
        auto const& actor = effect.before.context.actor;
        effect.changes.set("convener", actor.organisation);
        effect.changes.set("region", actor.region);
        effect.changes.set("level", std::string(name_of(actor.level)));
    }
};

/// What has been finished meanwhile is left as it is.
struct TellProblems : Named<"tell_problems"> {
    void operator()(Effect const& effect) const {
        auto const& judged = effect.before;
        Fields told;
        told.set("consultation", judged.instance.id);
        told.set("title", std::string(judged.facts.text("title")));
        told.set("conclusions", std::string(effect.fields.text("conclusions")));
        for (auto const& id : judged.facts.texts("problems")) {
            auto const found = judged.context.world.instance(id);
            if (found && problems::is_unfinished(found->state))
                effect.demand("problem", id, "record_consultation", told);
        }
    }
};

using KeepCall = KeepFields<"title", "agenda", "problems", "held_at", "participants">;
using CallIsFit = AllOf<ProblemsAreInHand, ParticipantsAreKnown>;

// clang-format off
struct Definition {
    static constexpr std::string_view name = "consultation";
    static constexpr FieldSpec facts[] = {
        {"title", Kind::text, true}, {"agenda", Kind::long_text, true}, {"problems", Kind::instances, true},
        {"held_at", Kind::time, true}, {"participants", Kind::units}, {"convener", Kind::unit, true},
        {"region", Kind::region, true}, {"level", Kind::choice, true, level_names}, {"minutes", Kind::long_text},
        {"conclusions", Kind::long_text}, {"reason", Kind::long_text}};
    using initial = mp::mp_list<New>;
    using table = mp::mp_list<
        Row<New,    Call,     Called,    Then<KeepCall, RecordConvener>,                  CallIsFit, Coordinator>,
        Row<Called, Change,   Called,    KeepCall,                                        CallIsFit, CoordinatorHere>,
        Row<Called, Hold,     Held,      KeepFields<"minutes">,                           Always,    CoordinatorHere>,
        Row<Called, Cancel,   Cancelled, KeepFields<"reason">,                            Always,    CoordinatorHere>,
        Row<Held,   Conclude, Concluded, Then<KeepFields<"conclusions">, TellProblems>,   Always,    CoordinatorHere>>;
    static constexpr std::array<std::string_view, 0> clocks{};
    static constexpr std::array<std::string_view, 0> limits{};

    static constexpr TagInfo tags[] = {{"region", Kind::region}, {"convener", Kind::unit},
                                       {"participants", Kind::units, true}};
    static Facets facets() { return {tags, {}, {}, {}, {}}; }
    static std::vector<Place> seen_by(Instance const& meeting) {
        return places_of(meeting.facts, "region", {"convener"}, "participants");
    }
    static Texts waits_for(Instance const& meeting) {
        if (meeting.state() != Called::name && meeting.state() != Held::name) return {};
        return {"coordinator:" + std::string(meeting.facts.text("region"))};
    }
};
// clang-format on

} // namespace consultations

Workflow const& consultation() {
    static kit::MachineWorkflow<consultations::Definition> const workflow;
    return workflow;
}

} // namespace banjie::workflows
