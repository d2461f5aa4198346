#pragma once
// The stream of durable events: a ring of the newest events in memory, backed by the store.

#include "engine/outcome.hpp"
#include "storage/store.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// One event of the stream, with the codes that decide who may see it.
struct StreamEvent {
    std::uint64_t seq = 0;
    std::string subject;              // id of instance or document
    std::string workflow;             // or "document"
    std::string text;                 // JSON text of the event, as stored
    std::vector<std::string> seen_by; // codes of jurisdiction.hpp
};

class EventStream {
public:
    explicit EventStream(storage::Store& store);

    /// Completes an event that an earlier program stored in another form, before it is published.
    /// Returns whether the event has changed. Set it before anything is read.
    using Complete = std::function<bool(std::string_view workflow, nlohmann::json& event)>;
    void complete_with(Complete complete) { complete_ = std::move(complete); }
    /// Completes anew the events of an instance that are in memory.
    void complete_again(std::string_view subject);

    /// Publishes events that are durable, and wakes the waiters. Threads may publish in any order;
    /// readers still get the events in order of `seq`, since events absent from the ring are read
    /// from the store.
    void publish(std::vector<std::shared_ptr<StreamEvent const>> events);

    /// Returns at most `limit` events after that sequence number; none if there is nothing newer.
    [[nodiscard]] Outcome<std::vector<std::shared_ptr<StreamEvent const>>> read(std::uint64_t after,
                                                                                std::size_t limit);

    /// Calls `wake` once, as soon as there is an event after `after` (at once if there is one
    /// already). Destroying the handle cancels the wait. `wake` runs on the publisher's thread and
    /// must only post.
    class Waiter {
    public:
        virtual ~Waiter() = default;
    };
    [[nodiscard]] std::unique_ptr<Waiter> wait(std::uint64_t after, std::function<void()> wake);

    [[nodiscard]] std::uint64_t last_seq() const;

private:
    struct Ring;
    std::shared_ptr<Ring> ring_;
    Complete complete_;
};

} // namespace banjie::engine
