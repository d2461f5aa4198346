#include "workflows/round.hpp"

#include "workflows/kit/machine.hpp"
#include "workflows/kit/parts.hpp"

namespace banjie::workflows {

namespace rounds {

using namespace kit;
using Kind = FieldKind;
using Note = Optional<"note", Kind::long_text>;

// clang-format off
struct Planned    : State<"planned",    "plan"> {};
struct Collecting : State<"collecting", "collect"> {};
struct Handling   : State<"handling",   "resolve"> {};
struct Concluded  : State<"concluded",  "conclude"> {};

struct Plan : Command<"plan", "planned",
    Field<"number", Kind::integer>, Field<"name", Kind::text>, Field<"opens_at", Kind::time>,
    Field<"closes_at", Kind::time>, Field<"due_at", Kind::time>> {};
struct Change : Command<"change", "changed",
    Optional<"name", Kind::text>, Optional<"opens_at", Kind::time>,
    Optional<"closes_at", Kind::time>, Optional<"due_at", Kind::time>> {};
struct Open          : Command<"open",           "opened", Note> {};
struct StartHandling : Command<"start_handling", "handling_started", Note> {};
struct Conclude      : Command<"conclude",       "concluded", Note> {};
// clang-format on

/// opens < closes < due, as it will be.
struct DatesAreInOrder : Named<"dates_are_in_order"> {
    Verdict operator()(Case const& judged, Fields const& fields) const {
        auto const at = [&](std::string_view name) {
            auto const given = fields.time(name);
            return given ? given : judged.facts.time(name);
        };
        if (at("opens_at") < at("closes_at") && at("closes_at") < at("due_at")) return std::nullopt;
        return judged.refuse("dates_out_of_order",
                             "its dates are not in the order opens_at, closes_at, due_at",
                             "Let it open before it closes, and close before it is due.");
    }
};

/// People may be early; the clock may not.
template <Name Fact>
struct TimeHasCome : Named<"time_has_come"> {
    Verdict operator()(Case const& judged) const {
        auto const& context = judged.context;
        if (!context.actor.has(Role::system) || judged.facts.time(Fact.view()) <= context.now)
            return std::nullopt;
        return judged.refuse("time_has_not_come", "it is too early", "");
    }
};

/// How many, not which: everybody sees a round, but not every problem.
struct CountLeftOver : Named<"count_left_over"> {
    void operator()(Effect const& effect) const {
        auto const number = effect.before.facts.number("number");
        effect.changes.set("left_over_count", effect.before.context.world.unfinished(
                                                  "problem", "round", std::to_string(number)));
    }
};

using KeepPlan = KeepFields<"number", "name", "opens_at", "closes_at", "due_at">;
using KeepChange = KeepFields<"name", "opens_at", "closes_at", "due_at">;
using Office = AnyOf<ProvincialCoordinator, System>;

// clang-format off
struct Definition {
    static constexpr std::string_view name = "round";
    static constexpr FieldSpec facts[] = {
        {"number", Kind::integer, true}, {"name", Kind::text, true}, {"opens_at", Kind::time, true},
        {"closes_at", Kind::time, true}, {"due_at", Kind::time, true}, {"left_over", Kind::instances},
        {"left_over_count", Kind::integer}};
    using initial = mp::mp_list<New>;
    using table = mp::mp_append<mp::mp_list<
        Row<New,        Plan,          Planned,    KeepPlan,     DatesAreInOrder,          ProvincialCoordinator>,
        Row<Planned,    Open,          Collecting, Nothing,      TimeHasCome<"opens_at">,  Office>,
        Row<Collecting, StartHandling, Handling,   Nothing,      TimeHasCome<"closes_at">, Office>,
        Row<Handling,   Conclude,      Concluded,  CountLeftOver, Always,                  ProvincialCoordinator>>,
        StayRows<mp::mp_list<Planned, Collecting, Handling>,
            Change, KeepChange, DatesAreInOrder, ProvincialCoordinator>>;
    static constexpr std::array<std::string_view, 0> clocks{};
    static constexpr std::array<std::string_view, 0> limits{};

    static Facets facets() { return {}; }
    static std::vector<Place> seen_by(Instance const&) { return {{Sight::everybody}}; }
    static constexpr Numbering numbering{.key_fact = "number"};
    static constexpr bool is_kept_at_hand = true;

    /// It opens and stops collecting by itself; to conclude it is for people.
    static std::optional<Wake> wake(Texts const& states, Effect const& effect) {
        using namespace std::chrono_literals;
        if (states.front() == Planned::name)
            return Wake{*effect.time("opens_at"), std::string(Open::name)};
        if (states.front() == Collecting::name) // its last moment is still within the window
            return Wake{*effect.time("closes_at") + 1ms, std::string(StartHandling::name)};
        return std::nullopt;
    }
};
// clang-format on

} // namespace rounds

Workflow const& round() {
    static kit::MachineWorkflow<rounds::Definition> const workflow;
    return workflow;
}

} // namespace banjie::workflows
