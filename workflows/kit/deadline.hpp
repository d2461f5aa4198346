#pragma once
// Deadlines: clocks that run, stop and pause in working days; the one in force; and the region of
// the machine that shows it as a light.

#include "workflows/kit/table.hpp"

namespace banjie::workflows::kit {

/// Sets `<clock>_due_at` to the policy's working days from now; none where the policy has none.
void start_clock(Effect const& effect, std::string_view clock);
void stop_clock(Effect const& effect, std::string_view clock);
/// Keeps what is left as `<clock>_days_left`, and starts again with it.
void pause_clock(Effect const& effect, std::string_view clock);
void resume_clock(Effect const& effect, std::string_view clock);

/// Sets or clears due_at, due_soon_at, due_clock and due_is_provisional by the clocks of the state
/// that the instance will be in.
void set_deadline(std::string_view clocks, Effect const& effect);
/// due_at and due_soon_at as they will be: what the light is judged by.
[[nodiscard]] Fields deadline_ahead(Effect const& effect);
/// The next moment at which the light changes.
[[nodiscard]] std::optional<Wake> next_tick(Fields const& deadline, Time now);

template <Name Clock>
struct StartClock : Named<"start_clock"> {
    void operator()(Effect const& effect) const { start_clock(effect, Clock.view()); }
};
template <Name Clock>
struct StopClock : Named<"stop_clock"> {
    void operator()(Effect const& effect) const { stop_clock(effect, Clock.view()); }
};
template <Name Clock>
struct PauseClock : Named<"pause_clock"> {
    void operator()(Effect const& effect) const { pause_clock(effect, Clock.view()); }
};
template <Name Clock>
struct ResumeClock : Named<"resume_clock"> {
    void operator()(Effect const& effect) const { resume_clock(effect, Clock.view()); }
};

struct OnTime : State<"on_time"> {};
struct DueSoon : State<"due_soon"> {};
struct Overdue : State<"overdue"> {};
struct Tick : Internal<"tick", "ticked"> {};

struct DueIsFar : Named<"due_is_far"> {
    Verdict operator()(Case const& judged) const;
};
struct DueIsNear : Named<"due_is_near"> {
    Verdict operator()(Case const& judged) const;
};
struct DueIsPast : Named<"due_is_past"> {
    Verdict operator()(Case const& judged) const;
};

struct RecordOverdue : Named<"record_overdue"> {
    void operator()(Effect const& effect) const;
};

/// Green, yellow, red: a function of the clock.
// clang-format off
using LightRows = mp::mp_list<
    Row<OnTime,  Tick, DueSoon, Nothing,       DueIsNear, System>,
    Row<OnTime,  Tick, Overdue, RecordOverdue, DueIsPast, System>,
    Row<DueSoon, Tick, OnTime,  Nothing,       DueIsFar,  System>,
    Row<DueSoon, Tick, Overdue, RecordOverdue, DueIsPast, System>,
    Row<Overdue, Tick, OnTime,  Nothing,       DueIsFar,  System>,
    Row<Overdue, Tick, DueSoon, Nothing,       DueIsNear, System>>;
// clang-format on

} // namespace banjie::workflows::kit
