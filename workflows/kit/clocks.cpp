#include "workflows/kit/clocks.hpp"

namespace banjie::workflows::kit {

void start(Scene const& scene, ClockInfo const& clock) {
    int const days = scene.here.policy.days(clock.name);
    if (days < 0) return;
    scene.changes->set(clock.due_at, scene.here.calendar.add_working_days(scene.here.now, days));
}

void pause(Scene const& scene, ClockInfo const& clock) {
    auto const due = read<Kind::time>(scene.find(clock.due_at));
    if (!due) return;
    int const left = scene.here.calendar.working_days_between(scene.here.now, *due);
    scene.changes->set(clock.days_left, std::int64_t{left});
    scene.clear(clock.due_at);
}

void resume(Scene const& scene, ClockInfo const& clock) {
    auto const* left = scene.find(clock.days_left);
    if (left == nullptr) return;
    auto const days = static_cast<int>(read<Kind::integer>(left));
    auto const& calendar = scene.here.calendar;
    auto const now = scene.here.now;
    scene.changes->set(clock.due_at, days >= 0 ? calendar.add_working_days(now, days)
                                               : calendar.subtract_working_days(now, -days));
    scene.clear(clock.days_left);
}

void set_deadline(Scene const& scene, std::span<ClockInfo const> clocks) {
    std::optional<Time> due;
    std::string_view in_force;
    for (auto const& clock : clocks) {
        auto const at = read<Kind::time>(scene.find(clock.due_at));
        if (!at || (due && *due <= *at)) continue;
        due = at;
        in_force = clock.name;
    }
    auto const change = [&](FieldName const& fact, Value value) {
        auto const* known = scene.find(fact);
        bool const clears = std::holds_alternative<std::monostate>(value);
        if (known ? *known != value : !clears) scene.changes->set(fact, std::move(value));
    };
    if (!due) {
        for (auto const& fact :
             {DueAt::field, DueSoonAt::field, DueClock::field, DueIsProvisional::field})
            scene.clear(fact);
        return;
    }
    auto const& here = scene.here;
    int const yellow = std::max(0, here.policy.days("due_soon"));
    change(DueAt::field, *due);
    // Yellow begins at the end of a day, but a due time within that day is earlier.
    change(DueSoonAt::field, std::min(*due, here.calendar.subtract_working_days(*due, yellow)));
    change(DueClock::field, std::string(in_force));
    bool const provisional = here.calendar.is_provisional(here.now, *due);
    change(DueIsProvisional::field, provisional ? Value(true) : Value(std::monostate{}));
}

std::optional<Time> next_tick(Known<DueAt, DueSoonAt> known, Time now) {
    using namespace std::chrono_literals;
    for (auto const at : {known.get<DueSoonAt>(), known.get<DueAt>()})
        if (at && now <= *at) return *at + 1ms;
    return std::nullopt;
}

Light light_of(Known<DueAt, DueSoonAt> known, Time now) {
    auto const due = known.get<DueAt>(), soon = known.get<DueSoonAt>();
    if (due && now > *due) return Light::past;
    return due && soon && now > *soon ? Light::near : Light::far;
}

} // namespace banjie::workflows::kit
