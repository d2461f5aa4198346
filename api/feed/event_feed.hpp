#pragma once
// The live feed of events: who may open one, and what it sends. The sockets are in
// feed_session.cpp.
//
// GET <path>?after=<cursor>, upgraded to a WebSocket, with "Authorization: Bearer …" or, from a
// page of this host, the session's cookie. Each event that the caller may see is one text message,
// a CloudEvent (cloud_event.hpp), in order. With the cursor of the last event received, a new feed
// resumes directly after it; without `after` it begins now. After many events that the caller may
// not see, a bare {"cursor":"…"} is sent, so that resuming stays cheap. Close codes: 1001 the
// server stops, 1008 the session has ended (`after` stays valid), 1009 the client's message was too
// large, 1011 the events cannot be read now. Other messages of the client are ignored.

#include "api/request/http.hpp"
#include "engine/events/event_stream.hpp"
#include "engine/jurisdiction.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace banjie::api {

class Subscription;

/// The feed. It must outlive the server that uses it, and the stream must outlive the feed.
class EventFeed {
public:
    /// Function that returns the caller of a request. It is called again while the feed is open, so
    /// that the feed ends with the session.
    using CallerOf = std::function<engine::Outcome<engine::Actor>(Request const&)>;

    EventFeed(engine::EventStream& stream, CallerOf caller_of, std::string path = "/api/v1/events");

    struct Opening {
        std::unique_ptr<Subscription> subscription; // nullptr if refused
        Response refusal;
    };
    /// Opens a feed. Refuses with 401, with 403 for a page of another host, with 400 for a bad
    /// cursor, with 422 for other parameters, with 426 for another version of the protocol.
    [[nodiscard]] Opening open(Request const& request, RequestFrame const& frame);

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] engine::EventStream& stream() const { return stream_; }

private:
    friend class Subscription;
    /// Returns the text of an event. It is made once for all feeds.
    [[nodiscard]] std::shared_ptr<std::string const> text_of(engine::StreamEvent const& event);

    struct Kept {
        std::uint64_t seq = 0;
        std::shared_ptr<std::string const> text;
    };
    engine::EventStream& stream_;
    CallerOf caller_of_;
    std::string path_;
    std::mutex mutex_;
    std::vector<Kept> kept_; // the newest texts, at `seq % size`
};

/// The reading side of one feed. Used by one thread only.
class Subscription {
public:
    Subscription(EventFeed& feed, Request request, engine::Actor actor, std::uint64_t after);

    struct Page {
        std::vector<std::shared_ptr<std::string const>> messages;
        bool more = false;    // there may be newer events
        bool is_full = false; // it has gone through limits::feed_page events
    };
    /// Returns the next events, at most limits::feed_page of them. Refuses with `unauthenticated`
    /// if the session has ended.
    [[nodiscard]] engine::Outcome<Page> next();
    /// Refuses if the session has ended.
    [[nodiscard]] engine::Outcome<void> check();
    /// Returns the account of the feed.
    [[nodiscard]] std::string const& account() const { return actor_.user; }
    /// Returns the position up to which all events have been processed.
    [[nodiscard]] std::uint64_t after() const { return after_; }

private:
    EventFeed& feed_;
    Request request_;
    engine::Actor actor_;
    std::uint64_t after_;
    std::size_t skipped_ = 0; // since the last message
};

} // namespace banjie::api
