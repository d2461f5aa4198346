#pragma once
// State of the notifications: the letters in each inbox. Private: included only by
// notifications.cpp and inboxes.cpp.

#include "engine/views/notifications.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

namespace banjie::engine {

struct Letter {
    std::uint64_t seq = 0;
    std::size_t actor = 0; // hash of the event's actor
    std::string_view to;   // name of the party in the rule
};

struct Notifications::Inboxes {
    explicit Inboxes(std::uint64_t from) : position(from) {}

    /// Puts the event into the inbox of every party that the rules name.
    void deliver(StreamEvent const& event, Instance const& instance, Workflow const& workflow,
                 Policy const& policy);
    /// Returns the actor's letters, newest first, each event once, without the actor's own events.
    [[nodiscard]] std::map<std::uint64_t, std::string_view, std::greater<>>
    of(Actor const& actor) const;

    std::mutex marking;     // one change of marks at a time
    std::mutex mutex;       // guards the members below
    std::uint64_t position; // all events up to it are delivered
    std::unordered_map<std::string, std::deque<Letter>> letters; // by the text of an address
};

/// Returns the event's type. For an event that only changed the light, returns the light.
[[nodiscard]] std::string_view kind_of(std::string_view event_text);

} // namespace banjie::engine
