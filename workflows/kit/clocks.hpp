#pragma once
// Clocks that run, stop and pause in working days; the deadline in force; and the region of the
// machine that shows it as a light. A workflow that has a clock has that region.

#include "workflows/kit/rows.hpp"

#include <span>

namespace banjie::workflows::kit {

struct DueAt : Fact<"due_at", Kind::time> {};          // the deadline in force
struct DueSoonAt : Fact<"due_soon_at", Kind::time> {}; // when the light turns yellow
struct DueClock : Fact<"due_clock", Kind::text> {};    // the clock in force
struct DueIsProvisional : Fact<"due_is_provisional", Kind::boolean> {};
struct OverdueAt : Fact<"overdue_at", Kind::time> {};

/// A clock as a value, without its type.
struct ClockInfo {
    std::string_view name;
    FieldName due_at, days_left;
};
template <class C>
inline constexpr ClockInfo clock_v{C::name, C::DueAt::field, C::DaysLeft::field};

/// Sets the due time to the policy's working days from now; does nothing if the policy has none.
void start(Scene const& scene, ClockInfo const& clock);
/// Records the days left, and stops the clock.
void pause(Scene const& scene, ClockInfo const& clock);
/// Starts the clock with the recorded days left. Does nothing if there are none.
void resume(Scene const& scene, ClockInfo const& clock);
/// Sets the deadline in force to the earliest of these clocks, or clears it if none runs.
void set_deadline(Scene const& scene, std::span<ClockInfo const> clocks);
/// Returns when the light changes next; nullopt if it does not.
[[nodiscard]] std::optional<Time> next_tick(Known<DueAt, DueSoonAt> known, Time now);

/// Parameter by which an action starts a clock, or sets when it ends.
template <class C>
struct Starts {
    using starts = mp::mp_list<C>;
    using writes = mp::mp_list<typename C::DueAt>;
    explicit Starts(Scene const& the_scene) : scene(the_scene) {}
    Scene const& scene;
    void operator()() const { start(scene, clock_v<C>); }
    void end_at(Time time) const { put<typename C::DueAt>(*scene.changes, time); }
};
template <class C>
struct Resumes {
    using starts = mp::mp_list<C>;
    using writes = mp::mp_list<typename C::DueAt, typename C::DaysLeft>;
    explicit Resumes(Scene const& the_scene) : scene(the_scene) {}
    Scene const& scene;
};

template <class C>
struct StartClock : Joined<"start(", "", ")", C> {
    void operator()(Starts<C> clock) const { clock(); }
};
template <class... C>
struct StopClock : Joined<"stop(", ", ", ")", C...> {
    void operator()(MaySet<typename C::DueAt...> sets) const {
        (sets.template clear<typename C::DueAt>(), ...);
    }
};
template <class C>
struct PauseClock : Joined<"pause(", "", ")", C> {
    void operator()(Resumes<C> clock) const { pause(clock.scene, clock_v<C>); }
};
template <class C>
struct ResumeClock : Joined<"resume(", "", ")", C> {
    void operator()(Resumes<C> clock) const { resume(clock.scene, clock_v<C>); }
};
template <class F, class... C>
inline constexpr bool every_choice_has_a_clock = [] {
    for (auto const choice : F::choices)
        if (!((C::name == choice) || ...)) return false;
    return true;
}();
/// Action that starts the clock that a fact names.
template <class F, class... C>
struct StartClockOf : Joined<"start_by(", "", ")", F> {
    void operator()(Known<F> known, Starts<C>... clocks) const {
        static_assert(every_choice_has_a_clock<F, C...>, "name a clock for each choice");
        ((known.template get<F>() == C::name ? clocks() : void()), ...);
    }
};

struct OnTime : State<"on_time"> {};
struct DueSoon : State<"due_soon"> {};
struct Overdue : State<"overdue"> {};
struct Tick : Command<"tick", "ticked", Internal> {};

enum class Light : std::uint8_t { far, near, past };
[[nodiscard]] Light light_of(Known<DueAt, DueSoonAt> known, Time now);
template <Light Wanted, Name Id, Name Not>
struct LightIs : Named<Id> {
    Verdict operator()(Case const& here, Known<DueAt, DueSoonAt> known) const {
        if (light_of(known, here.now) == Wanted) return std::nullopt;
        return Reason{code_named(Not.view(), shared_codes),
                      "not yet"}; // kept short: every command computes it
    }
};
using DueIsFar = LightIs<Light::far, "due_is_far", "due_is_not_far">;
using DueIsNear = LightIs<Light::near, "due_is_near", "due_is_not_near">;
using DueIsPast = LightIs<Light::past, "due_is_past", "due_is_not_past">;
struct RecordOverdue : Named<"record_overdue"> {
    void operator()(Known<DueAt> known, MaySet<OverdueAt> sets) const {
        if (auto const due = known.get<DueAt>()) sets.set<OverdueAt>(*due);
    }
};

// clang-format off
using LightTable = Table<
    In<OnTime,
       On<Tick, FirstOf<To<Overdue, If<DueIsPast>, Do<RecordOverdue>>,
                        To<DueSoon, If<DueIsNear>>>, By<System>>>,
    In<DueSoon,
       On<Tick, FirstOf<To<Overdue, If<DueIsPast>, Do<RecordOverdue>>,
                        To<OnTime, If<DueIsFar>>>, By<System>>>,
    In<Overdue,
       On<Tick, FirstOf<To<DueSoon, If<DueIsNear>>,
                        To<OnTime, If<DueIsFar>>>, By<System>>>>;
// clang-format on

} // namespace banjie::workflows::kit
