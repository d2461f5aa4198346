#include "workflows/kit/deadline.hpp"

namespace banjie::workflows::kit {

namespace {

FieldName due_of(std::string_view clock) {
    return FieldName::joined(clock, "_due_at");
}
FieldName left_of(std::string_view clock) {
    return FieldName::joined(clock, "_days_left");
}

enum class Light { far, near, past };

Light light_of(Fields const& facts, Time now) {
    auto const due = facts.time("due_at");
    if (!due) return Light::far;
    if (now > *due) return Light::past;
    auto const soon = facts.time("due_soon_at");
    return soon && now > *soon ? Light::near : Light::far;
}

Verdict expect(Case const& judged, Light wanted, char const* name) {
    if (light_of(judged.facts, judged.context.now) == wanted) return std::nullopt;
    return judged.refuse(name, "the clock says otherwise", "");
}

} // namespace

void start_clock(Effect const& effect, std::string_view clock) {
    auto const& context = effect.before.context;
    int const days = context.policy.days(clock);
    if (days < 0) return;
    effect.changes.set(due_of(clock), context.calendar.add_working_days(context.now, days));
}

void stop_clock(Effect const& effect, std::string_view clock) {
    effect.clear(due_of(clock));
}

void pause_clock(Effect const& effect, std::string_view clock) {
    auto const* due = effect.fact(due_of(clock));
    if (due == nullptr) return;
    auto const& context = effect.before.context;
    int const left = context.calendar.working_days_between(context.now, std::get<Time>(*due));
    effect.changes.set(left_of(clock), static_cast<std::int64_t>(left));
    stop_clock(effect, clock);
}

void resume_clock(Effect const& effect, std::string_view clock) {
    auto const* left = effect.fact(left_of(clock));
    if (left == nullptr) return;
    auto const& context = effect.before.context;
    auto const days = static_cast<int>(std::get<std::int64_t>(*left));
    effect.changes.set(due_of(clock),
                       days >= 0 ? context.calendar.add_working_days(context.now, days)
                                 : context.calendar.subtract_working_days(context.now, -days));
    effect.clear(left_of(clock));
}

void set_deadline(std::string_view clocks, Effect const& effect) {
    auto const& context = effect.before.context;
    std::optional<Time> due;
    std::string_view in_force;
    while (!clocks.empty()) {
        auto const clock = clocks.substr(0, clocks.find(','));
        clocks.remove_prefix(std::min(clocks.size(), clock.size() + 1));
        auto const at = effect.time(due_of(clock));
        if (at && (!due || *at < *due)) {
            due = at;
            in_force = clock;
        }
    }
    auto const put = [&](FieldName const& name, Value value) {
        auto const* known = effect.fact(name);
        bool const clears = std::holds_alternative<std::monostate>(value);
        if (known ? *known != value : !clears) effect.changes.set(name, std::move(value));
    };
    if (!due) {
        put("due_at", std::monostate{});
        put("due_soon_at", std::monostate{});
        put("due_clock", std::monostate{});
        put("due_is_provisional", std::monostate{});
        return;
    }
    int const yellow = std::max(0, context.policy.days("due_soon"));
    put("due_at", *due);
    // Yellow begins at the end of a day; a date within that day comes first.
    put("due_soon_at", std::min(*due, context.calendar.subtract_working_days(*due, yellow)));
    put("due_clock", std::string(in_force));
    bool const provisional = context.calendar.is_provisional(context.now, *due);
    put("due_is_provisional", provisional ? Value(true) : Value(std::monostate{}));
}

Fields deadline_ahead(Effect const& effect) {
    Fields deadline;
    if (auto const at = effect.time("due_at")) deadline.set("due_at", *at);
    if (auto const at = effect.time("due_soon_at")) deadline.set("due_soon_at", *at);
    return deadline;
}

std::optional<Wake> next_tick(Fields const& deadline, Time now) {
    using namespace std::chrono_literals;
    auto at = deadline.time("due_soon_at");
    if (!at || now > *at) at = deadline.time("due_at");
    return at && now <= *at ? std::optional(Wake{*at + 1ms, "tick"}) : std::nullopt;
}

void RecordOverdue::operator()(Effect const& effect) const {
    if (auto const due = effect.time("due_at")) effect.changes.set("overdue_at", *due);
}

Verdict DueIsFar::operator()(Case const& judged) const {
    return expect(judged, Light::far, "due_is_not_far");
}
Verdict DueIsNear::operator()(Case const& judged) const {
    return expect(judged, Light::near, "due_is_not_near");
}
Verdict DueIsPast::operator()(Case const& judged) const {
    return expect(judged, Light::past, "due_is_not_past");
}

} // namespace banjie::workflows::kit
