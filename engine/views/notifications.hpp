#pragma once
// Who should hear of what. Derived from the stream of events and the `notify` rules of the
// policies, kept in memory alone: the newest limits::notified_events of the stream, and of these
// the newest limits::inbox for each office or unit. A start derives it again in the background.
// What somebody has read is one small document per account ("notification_marks").

#include "engine/commands/engine.hpp"
#include "engine/documents/documents.hpp"
#include "engine/events/event_stream.hpp"
#include "engine/rules/rulebook.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct Notification {
    std::uint64_t seq = 0; // of the event; its id
    Time at{};
    std::string
        kind; // the event, e.g. "assigned"; or the light that came on, "due_soon", "overdue"
    std::string instance;
    std::string workflow;
    std::string title;  // of the instance, as it is now
    std::string number; // what people call it
    std::string by;     // who did it, as shown then
    workflows::Label text;
    bool read = false;
};

struct NotificationPage {
    std::vector<Notification> items; // newest first
    std::uint64_t unread = 0;        // of all; at most limits::counted_unread
    std::uint64_t next = 0;          // ask with it for what is older; 0: nothing is
};

class Notifications {
public:
    /// References outlive it.
    Notifications(EventStream& stream, Engine& engine, Rulebook const& rulebook,
                  Documents& documents);
    ~Notifications();

    /// Takes in at most about so many events that are new; false when there are more.
    bool catch_up(std::size_t events);

    /// What the actor's office or unit was told, by others, and may still see. `before`: only what
    /// is older than that seq; 0: from the newest. Reads the store.
    [[nodiscard]] Outcome<NotificationPage> page(Actor const& actor, bool unread_only,
                                                 std::uint64_t before, std::size_t limit);

    /// Marks these as read, or all up to that one. Waits for the disk.
    [[nodiscard]] Outcome<void> mark_read(Actor const& actor,
                                          std::vector<std::uint64_t> const& seqs);
    [[nodiscard]] Outcome<void> mark_read_up_to(Actor const& actor, std::uint64_t seq);

    /// A thread that catches up, at least twice a second, until it is destroyed.
    class Following {
    public:
        explicit Following(Notifications& notifications);
        ~Following();

    private:
        struct Loop;
        std::unique_ptr<Loop> loop_;
    };

private:
    struct Inboxes;
    struct Marks;
    [[nodiscard]] Outcome<Marks> marks_of(Actor const& actor);
    [[nodiscard]] Outcome<void> write(Actor const& actor, Marks marks);
    [[nodiscard]] std::optional<Notification> read_back(Actor const& actor, std::uint64_t seq,
                                                        std::string_view to);

    EventStream& stream_;
    Engine& engine_;
    Rulebook const& rulebook_;
    Documents& documents_;
    std::unique_ptr<Inboxes> inboxes_;
};

} // namespace banjie::engine
