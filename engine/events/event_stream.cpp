#include "engine/events/event_stream.hpp"

#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

namespace banjie::engine {

using Events = std::vector<std::shared_ptr<StreamEvent const>>;

/// The ring. Slot `seq % size` holds the event of that sequence number or an older one. The store
/// is authoritative: it numbers densely and calls back in order, so an event at or below `last`
/// that is not in its slot can be read from the store. That makes the order of publishing threads
/// irrelevant.
struct EventStream::Ring {
    struct Waiting {
        std::uint64_t after = 0;
        std::function<void()> wake;
    };

    explicit Ring(storage::Store& the_store)
        : store(the_store), last(the_store.status().last_seq), slots(limits::ring_events) {}

    [[nodiscard]] std::shared_ptr<StreamEvent const> const& slot(std::uint64_t seq) const {
        return slots[seq % slots.size()];
    }

    [[nodiscard]] Events take_from(std::uint64_t after, std::size_t limit) const {
        Events events;
        auto const count = std::min<std::uint64_t>(limit, last - after);
        events.reserve(count);
        for (std::uint64_t seq = after + 1; seq <= after + count; ++seq) {
            auto const& event = slot(seq);
            if (!event || event->seq != seq) break;
            events.push_back(event);
        }
        return events;
    }

    void wake_waiters() {
        for (auto place = waiters.begin(); place != waiters.end();) {
            if (place->second.after >= last) {
                ++place;
                continue;
            }
            place->second.wake();
            place = waiters.erase(place);
        }
    }

    storage::Store& store;
    std::mutex mutex;
    std::uint64_t last;
    std::vector<std::shared_ptr<StreamEvent const>> slots;
    std::map<std::uint64_t, Waiting> waiters; // by ticket
    std::uint64_t next_ticket = 1;
};

namespace {

std::shared_ptr<StreamEvent const> read_back(storage::StoredEvent stored,
                                             EventStream::Complete const& complete) {
    auto json = nlohmann::json::parse(stored.body);
    auto event = std::make_shared<StreamEvent>();
    event->seq = stored.seq;
    event->subject = json.value("subject", std::string());
    event->workflow = json.value("workflow", std::string());
    event->seen_by = json.value("seen_by", std::vector<std::string>());
    event->text = complete && complete(event->workflow, json)
                      ? json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                      : std::move(stored.body);
    return event;
}

} // namespace

EventStream::EventStream(storage::Store& store) : ring_(std::make_shared<Ring>(store)) {}

void EventStream::publish(Events events) {
    std::lock_guard const lock(ring_->mutex);
    for (auto& event : events) {
        auto const seq = event->seq;
        auto& slot = ring_->slots[seq % ring_->slots.size()];
        if (!slot || slot->seq < seq) slot = std::move(event);
        ring_->last = std::max(ring_->last, seq);
    }
    ring_->wake_waiters();
}

void EventStream::complete_again(std::string_view subject) {
    std::lock_guard const lock(ring_->mutex);
    for (auto& slot : ring_->slots)
        if (slot && slot->subject == subject)
            slot = read_back({.seq = slot->seq, .partition = 0, .body = slot->text}, complete_);
}

Outcome<Events> EventStream::read(std::uint64_t after, std::size_t limit) {
    {
        std::lock_guard const lock(ring_->mutex);
        if (after >= ring_->last || limit == 0) return Events{};
        if (auto events = ring_->take_from(after, limit); !events.empty()) return events;
    }
    auto stored = ring_->store.events_after(after, std::min(limit, limits::stream_page));
    if (!stored)
        return Refusal{"store_unreadable"_code,
                       "Cannot read the event stream: " + stored.error().detail + ".",
                       "Try again. If it stays so, tell the operator.",
                       {},
                       1};
    Events events;
    events.reserve(stored->size());
    for (auto& event : *stored) events.push_back(read_back(std::move(event), complete_));
    return events;
}

std::unique_ptr<EventStream::Waiter> EventStream::wait(std::uint64_t after,
                                                       std::function<void()> wake) {
    struct Ticket final : Waiter {
        Ticket(std::shared_ptr<Ring> the_ring, std::uint64_t the_number)
            : ring(std::move(the_ring)), number(the_number) {}
        ~Ticket() override {
            std::lock_guard const lock(ring->mutex);
            ring->waiters.erase(number);
        }
        std::shared_ptr<Ring> ring;
        std::uint64_t number;
    };
    std::lock_guard const lock(ring_->mutex);
    auto const number = ring_->next_ticket++;
    if (after < ring_->last)
        wake();
    else
        ring_->waiters.emplace(number, Ring::Waiting{after, std::move(wake)});
    return std::make_unique<Ticket>(ring_, number);
}

std::uint64_t EventStream::last_seq() const {
    std::lock_guard const lock(ring_->mutex);
    return ring_->last;
}

} // namespace banjie::engine
