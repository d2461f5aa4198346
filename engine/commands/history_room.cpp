#include "engine/commands/history_room.hpp"

#include "engine/commands/engine.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/json_text.hpp"

#include <algorithm>
#include <string>

namespace banjie::engine {

namespace {

constexpr std::uint64_t read_at_once = 64;

Refusal nearly_full(std::uint64_t version) {
    return {"history_nearly_full"_code,
            "Cannot add an event: the history has " + std::to_string(version) +
                " events, and its last places are kept for commands that lead to its end.",
            "Finish it or pass it on, and report what is new as another matter."};
}

Refusal full(std::uint64_t version) {
    return {"history_full"_code,
            "Cannot add an event: the history has " + std::to_string(version) +
                " events, and no place is left for this command.",
            "Give a command that ends it, or report the matter again."};
}

Refusal too_many_additions() {
    return {"too_many_additions"_code,
            "Cannot add to it: you have done so " + std::to_string(limits::additions_per_day) +
                " times within a day.",
            "Put several notes into one, or continue tomorrow."};
}

struct Leads {
    bool out = false;    // of a state
    bool to_end = false; // of the main region
};

Leads leads_of(Workflow const& workflow, Instance const& instance, std::string_view command) {
    Leads leads;
    for (auto const& row : workflow.rows()) {
        if (row.command != command || row.source == row.target) continue;
        auto const& states = instance.states;
        if (std::find(states.begin(), states.end(), row.source) == states.end()) continue;
        auto const& target = *workflow.state(row.target);
        leads.out = true;
        leads.to_end = leads.to_end || (target.region == 0 && target.final);
    }
    return leads;
}

} // namespace

std::optional<Refusal> refuse_for_room(Workflow const& workflow, Instance const& instance,
                                       std::string_view command, Actor const& actor) {
    constexpr auto all = limits::events_per_instance;
    auto const version = instance.version;
    if (version < all - limits::events_kept) return std::nullopt;
    auto const leads = leads_of(workflow, instance, command);
    if (version < all && (leads.to_end || actor.has(Role::system))) return std::nullopt;
    if (!leads.out && !workflow.command(command)->needed_for_end) return nearly_full(version);
    if (version < all - limits::events_kept_for_end) return std::nullopt;
    return full(version);
}

std::optional<Refusal> refuse_for_additions(storage::Store& store, Instance const& instance,
                                            std::string_view user, Time now) {
    Time const since = now - std::chrono::hours(24);
    std::size_t additions = 0;
    // Older events are read only while they could still bring the count to the limit.
    for (auto end = instance.version; end + additions >= limits::additions_per_day && end > 0;) {
        auto const begin = end - std::min(end, read_at_once);
        auto const skip = begin - std::min<std::uint64_t>(begin, 1); // one more, for its states
        auto const stored = store.history(instance.id, skip, end - skip);
        if (!stored) return refusal_of(stored.error(), "read the history");
        additions += end - skip - stored->size();
        std::optional<Event> later;
        for (auto one = stored->rbegin(); one != stored->rend(); ++one) {
            Event event = recorded_of(one->seq, one->body).event;
            if (later && later->actor == user && later->states == event.states) ++additions;
            if (additions >= limits::additions_per_day) return too_many_additions();
            if (event.at <= since) return std::nullopt;
            later = std::move(event);
        }
        end = begin;
    }
    return std::nullopt;
}

} // namespace banjie::engine
