#pragma once
// The stream of durable events: a ring of the newest in memory, the store behind it.

#include "engine/outcome.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace banjie::engine {

/// One event of the stream with what is needed to decide who may see it.
struct StreamEvent {
    std::uint64_t seq = 0;
    std::string subject;              // id of instance or document
    std::string workflow;             // or "document"
    std::string text;                 // JSON text of the event, as stored
    std::vector<std::string> seen_by; // codes: region, reporting unit, lead unit, co-handlers …
};

class EventStream {
public:
    explicit EventStream(storage::Store& store);

    /// Only after they are durable. Wakes the waiters. Readers get them in order of `seq` whatever
    /// the order of publishing: what is not in the ring is read from the store.
    void publish(std::vector<std::shared_ptr<StreamEvent const>> events);

    /// Events after that sequence number, at most `limit`; empty when there is nothing newer.
    [[nodiscard]] Outcome<std::vector<std::shared_ptr<StreamEvent const>>> read(std::uint64_t after,
                                                                                std::size_t limit);

    /// Calls `wake` once, when an event after `after` is there (at once if it is already). The
    /// handle cancels by being destroyed; `wake` runs on the publisher's thread and must only post.
    class Waiter {
    public:
        virtual ~Waiter() = default;
    };
    [[nodiscard]] std::unique_ptr<Waiter> wait(std::uint64_t after, std::function<void()> wake);

    [[nodiscard]] std::uint64_t last_seq() const;

private:
    struct Ring;
    std::shared_ptr<Ring> ring_;
};

} // namespace banjie::engine
