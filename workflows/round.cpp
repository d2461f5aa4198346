#include "workflows/round.hpp"

#include "workflows/kit/machine_workflow.hpp"
#include "workflows/shared/vocabulary.hpp"

namespace banjie::workflows {

namespace rounds {

using namespace shared;

constexpr CodeEntry own_codes[] = {
    {"dates_out_of_order", RefusalKind::not_permitted,
     "The round's dates are not in the order opening, closing, due.",
     "Let it open before it closes, and close before it is due."},
    {"time_has_not_come", RefusalKind::not_permitted, "It is too early.", ""},
};
[[nodiscard]] consteval RefusalCode operator""_code(char const* name, std::size_t size) {
    return code_named({name, size}, own_codes, shared_codes);
}

struct Number : Fact<"number", Kind::integer> {};
struct NameIs : Fact<"name", Kind::text> {};
struct OpensAt : Fact<"opens_at", Kind::time> {};
struct ClosesAt : Fact<"closes_at", Kind::time> {};
struct EndsAt : Fact<"due_at", Kind::time> {}; // a round has no light
struct LeftOverCount : Fact<"left_over_count", Kind::integer> {};

struct Plan : Command<"plan", "planned", Form<Number, NameIs, OpensAt, ClosesAt, EndsAt>> {};
struct Change
    : Command<"change", "changed", Form<May<NameIs>, May<OpensAt>, May<ClosesAt>, May<EndsAt>>> {};
struct Open : Command<"open", "opened", Form<May<Note>>> {};
struct StartHandling : Command<"start_handling", "handling_started", Form<May<Note>>> {};
struct Conclude : Command<"conclude", "concluded", Form<May<Note>>> {};

// A round opens and stops collecting by itself; people conclude it.
struct Planned : State<"planned", "plan", Wakes<OpensAt, Open>> {};
struct Collecting : State<"collecting", "collect", Wakes<After<ClosesAt>, StartHandling>> {};
struct Handling : State<"handling", "resolve"> {};
struct Concluded : State<"concluded", "conclude"> {};

/// Demands that it opens before it closes, and closes before it is due.
struct DatesAreInOrder : Named<"dates_are_in_order"> {
    Verdict operator()(Known<OpensAt, ClosesAt, EndsAt> known,
                       Given<OpensAt, ClosesAt, EndsAt> given) const {
        auto const later = [](std::optional<Time> first, std::optional<Time> second) {
            return first ? first : second;
        };
        auto const opens = later(given.get<OpensAt>(), known.get<OpensAt>());
        auto const closes = later(given.get<ClosesAt>(), known.get<ClosesAt>());
        auto const ends = later(given.get<EndsAt>(), known.get<EndsAt>());
        if (opens < closes && closes < ends) return std::nullopt;
        return Reason{"dates_out_of_order"_code, "its dates are not in order"};
    }
};

/// Binds the system only: people may act early.
template <class F>
struct TimeHasCome : Named<"time_has_come"> {
    Verdict operator()(Case const& here, Known<F> known) const {
        if (!here.actor.has(Role::system) || known.template get<F>() <= here.now)
            return std::nullopt;
        return Reason{"time_has_not_come"_code, "it is too early"};
    }
};

/// Records how many are left over, but not which: everybody sees a round, but not every problem.
struct CountLeftOver : Named<"count_left_over"> {
    void operator()(Case const& here, Known<Number> known, MaySet<LeftOverCount> sets) const {
        auto const number = std::to_string(known.get<Number>());
        sets.set<LeftOverCount>(here.world.unfinished("problem", "round", number));
    }
};

struct Definition {
    static constexpr std::string_view name = "round";
    static constexpr std::span<CodeEntry const> codes = own_codes;
    // clang-format off
    using table = Table<
        In<New,
           On<Plan, Planned, By<ProvinceCoordinator>, If<DatesAreInOrder>,
              Do<Keep<Number, NameIs, OpensAt, ClosesAt, EndsAt>>>>,
        In<Planned,
           On<Open, Collecting, By<ProvinceCoordinator, System>, If<TimeHasCome<OpensAt>>>>,
        In<Collecting,
           On<StartHandling, Handling, By<ProvinceCoordinator, System>, If<TimeHasCome<ClosesAt>>>>,
        In<Handling,
           On<Conclude, Concluded, By<ProvinceCoordinator>, Do<CountLeftOver>>>,
        In<Each<Planned, Collecting, Handling>,
           On<Change, Stay, By<ProvinceCoordinator>, If<DatesAreInOrder>,
              Do<Keep<NameIs, OpensAt, ClosesAt, EndsAt>>>>>;
    // clang-format on
    using seen_by = SeenBy<Everybody>;
    using numbering = KeyedBy<Number>;
    static constexpr bool is_kept_at_hand = true;
};

} // namespace rounds

Workflow const& round() {
    return kit::workflow_of<rounds::Definition>();
}

} // namespace banjie::workflows
