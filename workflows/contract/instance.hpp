#pragma once
// The record that a workflow handles, and the event that changes it.

#include "workflows/contract/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::workflows {

/// Command that the engine gives as the system actor at a time, if nothing happens before. The
/// command must be harmless when given too early or twice.
struct Wake {
    Time at{};
    std::string command;
    friend bool operator==(Wake const&, Wake const&) = default;
};

/// Latest state of one instance: the fold of its events, nothing else.
struct Instance {
    std::string id;
    std::string workflow;
    std::uint64_t version = 0; // number of events folded; 0: not created yet
    Texts states;              // one stable name per region of the machine; the main one first
    Fields facts;
    std::optional<Wake> wake;
    Time created_at{};
    Time updated_at{};
    std::string number{};  // the number shown to people, "5-0123"; fixed at creation
    std::uint64_t key = 0; // number of the key of its personal values; 0: it has none

    [[nodiscard]] std::string_view state() const { return states.front(); }
    friend bool operator==(Instance const&, Instance const&) = default;
};

/// One change of an instance, named in the past tense. It alone carries all that changes.
struct Event {
    std::string type;         // "assigned"
    std::string command;      // "assign"
    Fields fields;            // of the command
    Fields changes;           // facts set; a monostate clears
    Texts states;             // states after the event
    std::optional<Wake> wake; // after the event
    std::string actor;        // account name
    std::string actor_name;   // as shown at that time
    std::string organisation; // of the actor
    Time at{};
    std::string number{}; // of the instance that it creates, assigned by the engine; else empty
    /// Key of the instance's personal values from now on, assigned by the engine; 0: erased.
    std::optional<std::uint64_t> key{};

    friend bool operator==(Event const&, Event const&) = default;
};

/// Folds the event into the instance, raising its version by one. Generic: the same for every
/// workflow, and never changes.
void apply(Instance& instance, Event const& event);

} // namespace banjie::workflows
