#pragma once
// Notifications, derived from the stream of events and the `notify` rules of the policies. Kept in
// memory only: those of the newest limits::notified_events of the stream, and at most the newest
// limits::inbox for each office or unit. Each start derives them again in the background. What a
// user has read is one small document per account ("notification_marks").

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
    std::string kind; // the event, e.g. "assigned"; or the new light, "due_soon" or "overdue"
    std::string instance;
    std::string workflow;
    std::string title;  // of the instance, as it is now
    std::string number; // the number of the instance
    std::string by;     // the actor, under the name of that time
    workflows::Label text;
    bool read = false;
};

struct NotificationPage {
    std::vector<Notification> items; // newest first
    std::uint64_t unread = 0;        // of all; at most limits::counted_unread
    std::uint64_t next = 0;          // `before` of the next page; 0: the last page
};

class Notifications {
public:
    /// Keeps the references, which must outlive it.
    Notifications(EventStream& stream, Engine& engine, Rulebook const& rulebook,
                  Documents& documents);
    ~Notifications();

    /// Processes about so many new events at most. Returns false if there are more.
    bool catch_up(std::size_t events);

    /// Returns notifications of the actor's office or unit about events of others, as far as the
    /// actor may still see them. `before` limits them to those older than that seq; 0 begins with
    /// the newest. Reads the store.
    [[nodiscard]] Outcome<NotificationPage> page(Actor const& actor, bool unread_only,
                                                 std::uint64_t before, std::size_t limit);

    /// Marks these as read, or (`mark_read_up_to`) all up to that one. Blocks on the disk.
    [[nodiscard]] Outcome<void> mark_read(Caller const& actor,
                                          std::vector<std::uint64_t> const& seqs);
    [[nodiscard]] Outcome<void> mark_read_up_to(Caller const& actor, std::uint64_t seq);

    /// A thread that catches up at least twice a second until it is destroyed.
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
    [[nodiscard]] Outcome<void> write(Caller const& actor, Marks marks);
    [[nodiscard]] std::optional<Notification> read_back(Actor const& actor, std::uint64_t seq,
                                                        std::string_view to);

    EventStream& stream_;
    Engine& engine_;
    Rulebook const& rulebook_;
    Documents& documents_;
    std::unique_ptr<Inboxes> inboxes_;
};

} // namespace banjie::engine
