#include "api/feed/event_feed.hpp"
#include "api/request/credentials.hpp"
#include "api/request/cursor.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/shown/cloud_event.hpp"
#include "api/transport/server.hpp"
#include "tests/api/transport/client.hpp"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace banjie;
using namespace banjie::api;
using namespace std::chrono_literals;
using nlohmann::json;
namespace beast = boost::beast;

namespace {

std::string event_json(std::vector<std::string> const& seen_by) {
    json const event = {{"type", "assigned"},
                        {"command", "assign"},
                        {"subject", "p-1"},
                        {"workflow", "problem"},
                        {"at", "2026-03-02T09:00:00.000+08:00"},
                        {"seen_by", seen_by}};
    return event.dump();
}

/// A stream, a feed over it and a server; Yudu's county office is signed in with "Bearer county".
struct Desk {
    explicit Desk(std::function<void(ServerOptions&)> const& change = [](auto&) {}) {
        ServerOptions options;
        options.port = 0;
        options.threads = 2;
        options.tick = 5ms;
        options.linger_time = 500ms;
        change(options);
        server.emplace(
            options, [](Request, Respond respond) { respond({.body = "ordinary", .headers = {}}); },
            feed);
        REQUIRE(server->start().has_value());
    }

    void publish(std::vector<std::string> const& seen_by, int count = 1) {
        std::vector<std::shared_ptr<engine::StreamEvent const>> events;
        for (int i = 0; i < count; ++i) {
            auto event = std::make_shared<engine::StreamEvent>();
            event->seq = ++seq;
            event->subject = "p-1";
            event->workflow = "problem";
            event->seen_by = seen_by;
            event->text = event_json(seen_by);
            events.push_back(std::move(event));
        }
        stream.publish(std::move(events));
    }

    engine::Outcome<engine::Actor> caller_of(Request const& request) const {
        if (credentials_of(request).token != "county" || !signed_in)
            return engine::Refusal{"no_session"_code, "The request carries no token."};
        engine::Actor actor;
        actor.user = "county";
        actor.organisation = actor.region = "360731";
        actor.level = engine::Level::county;
        return actor;
    }

    std::unique_ptr<storage::Store> store = storage::open_memory_store();
    engine::EventStream stream{*store};
    std::atomic<bool> signed_in = true;
    std::uint64_t seq = 0;
    std::shared_ptr<EventFeed> feed = std::make_shared<EventFeed>(
        stream, [this](Request const& request) { return caller_of(request); });
    std::optional<Server> server;
};

class Listener {
public:
    explicit Listener(Desk const& desk, std::string const& target = "/api/v1/events")
        : socket_(context_) {
        auto const port = desk.server->port();
        socket_.next_layer().connect({boost::asio::ip::make_address("127.0.0.1"), port});
        socket_.set_option(
            beast::websocket::stream_base::decorator([](beast::websocket::request_type& request) {
                request.set(beast::http::field::authorization, "Bearer county");
            }));
        auto const error = wait_for(
            context_, [&](auto done) { socket_.async_handshake(answer, "h", target, done); });
        REQUIRE_MESSAGE(!error, error.message());
    }

    /// The next message; null when the feed has ended.
    [[nodiscard]] json hear() {
        beast::flat_buffer buffer;
        auto const error = wait_for(context_, [&](auto done) { socket_.async_read(buffer, done); });
        if (error) return nullptr;
        CHECK(socket_.got_text());
        return json::parse(beast::buffers_to_string(buffer.data()));
    }
    void say(std::string const& text) {
        (void)wait_for(context_,
                       [&](auto done) { socket_.async_write(boost::asio::buffer(text), done); });
    }
    [[nodiscard]] unsigned close_code() {
        CHECK(hear() == nullptr);
        return socket_.reason().code;
    }
    void receive_buffer(int bytes) {
        socket_.next_layer().set_option(boost::asio::socket_base::receive_buffer_size(bytes));
    }

    beast::websocket::response_type answer;

private:
    boost::asio::io_context context_;
    beast::websocket::stream<boost::asio::ip::tcp::socket> socket_;
};

std::string upgrade(std::string const& target, std::string const& more) {
    return "GET " + target +
           " HTTP/1.1\r\nHost: banjie.gov:8080\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           more + "\r\n";
}

std::string const version = "Sec-WebSocket-Version: 13\r\n";
std::string const county = "Authorization: Bearer county\r\n";

} // namespace

TEST_CASE("a CloudEvent has every attribute, and not who may see it") {
    engine::StreamEvent event;
    event.seq = 255;
    event.subject = "p-1";
    event.workflow = "problem";
    event.text = event_json({"36*"});
    auto const shown = json::parse(cloud_event_text(event));
    CHECK(shown["specversion"] == "1.0");
    CHECK(shown["id"] == "255");
    CHECK(shown["source"] == "/banjie");
    CHECK(shown["type"] == "banjie.problem.assigned");
    CHECK(shown["subject"] == "p-1");
    CHECK(shown["time"] == "2026-03-02T09:00:00.000+08:00");
    CHECK(shown["datacontenttype"] == "application/json");
    CHECK(shown["cursor"] == cursor_of('e', 255));
    CHECK(shown["data"]["command"] == "assign");
    CHECK(!shown["data"].contains("seen_by"));
}

TEST_CASE("a feed sends what happens from now on, in order, and only what the caller may see") {
    Desk desk;
    desk.publish({"360731*"});
    Listener listener(desk);
    desk.publish({"360731100*"});
    desk.publish({"360121*"});
    desk.publish({"360731"});
    CHECK(listener.hear()["id"] == "2");
    CHECK(listener.hear()["id"] == "4");
    desk.publish({"*"});
    CHECK(listener.hear()["id"] == "5");
}

TEST_CASE("a feed goes on behind the cursor that it is given") {
    Desk desk;
    desk.publish({"360731*"}, 300); // more than one page
    Listener listener(desk, "/api/v1/events?after=" + cursor_of('e', 1));
    for (int id = 2; id <= 300; ++id) REQUIRE(listener.hear()["id"] == std::to_string(id));
    Listener from_the_first(desk, "/api/v1/events?after=");
    CHECK(from_the_first.hear()["id"] == "1");
}

TEST_CASE("events from before the start are read from the store") {
    auto const store = storage::open_memory_store();
    for (int version = 0; version < 3; ++version) {
        storage::Batch batch;
        batch.changes.push_back({.id = "p-1",
                                 .expected_version = static_cast<std::uint64_t>(version),
                                 .body = "{}",
                                 .index_entry = "x",
                                 .event = event_json({"*"})});
        store->commit(std::move(batch), [](auto const& result) { REQUIRE(result.has_value()); });
    }
    engine::EventStream stream(*store);
    EventFeed feed(stream, [](Request const&) { return engine::Actor{}; });
    Subscription subscription(feed, {}, {}, 1);
    auto const page = subscription.next();
    REQUIRE(page.has_value());
    REQUIRE(page->messages.size() == 2);
    CHECK(json::parse(*page->messages[1])["id"] == "3");
    CHECK(subscription.next()->messages.empty());
}

TEST_CASE("after many events that are not to be seen comes a bare cursor") {
    Desk desk;
    desk.publish({"360121*"}, 1'500);
    Listener listener(desk, "/api/v1/events?after=");
    auto const bare = listener.hear();
    CHECK(bare.size() == 1);
    auto const passed = number_of_cursor('e', bare["cursor"].get<std::string>());
    REQUIRE(passed.has_value());
    CHECK(*passed >= limits::feed_skipped_events);
    CHECK(*passed < limits::feed_skipped_events + limits::feed_page);
    desk.publish({"*"});
    CHECK(listener.hear()["id"] == "1501");
}

TEST_CASE("an upgrade is refused for strangers, other hosts' pages, bad cursors and old versions") {
    Desk const desk;
    auto const status = [&](std::string const& target, std::string const& more) {
        Client client(desk.server->port());
        return client.ask(upgrade(target, more)).status;
    };
    std::string const events = "/api/v1/events";
    CHECK(status(events, version + county) == 101);
    CHECK(status(events, version + county + "Origin: https://banjie.gov:8080\r\n") == 101);
    CHECK(status(events, version + county + "Origin: https://banjie.gov\r\n") == 403);
    CHECK(status(events, version + county + "Origin: https://evil.example\r\n") == 403);
    CHECK(status(events, version + county + "Origin: null\r\n") == 403);
    // A cookie goes with what any page asks, so there the page has to be named.
    std::string const cookie = "Cookie: a=b; banjie_session=county\r\n";
    CHECK(status(events, version + cookie + "Origin: https://banjie.gov:8080\r\n") == 101);
    CHECK(status(events, version + cookie + "Origin: https://evil.example\r\n") == 403);
    CHECK(status(events, version + cookie) == 403);
    CHECK(status(events, version) == 401);
    CHECK(status(events, version + "Authorization: Bearer other\r\n") == 401);
    CHECK(status(events + "?after=nonsense", version + county) == 400);
    CHECK(status(events + "?after=" + cursor_of('e', 1), version + county) == 400); // not yet
    CHECK(status(events + "?from=1", version + county) == 422);
    CHECK(status(events, "Sec-WebSocket-Version: 8\r\n" + county) == 426);
    CHECK(status("/elsewhere", version + county) == 200);
}

TEST_CASE(
    "after a refused upgrade the connection goes on, and the answer does not name the server") {
    Desk const desk;
    Client client(desk.server->port());
    CHECK(client.ask(upgrade("/api/v1/events", version)).status == 401);
    CHECK(client.ask("GET /api/v1/events HTTP/1.1\r\nHost: h\r\n\r\n").body == "ordinary");
    Listener const listener(desk);
    CHECK(listener.answer[beast::http::field::server].empty());
}

TEST_CASE("a feed ends with its session") {
    Desk desk([](ServerOptions& options) { options.feed_check_time = 20ms; });
    Listener idle(desk);
    desk.signed_in = false;
    CHECK(idle.close_code() == beast::websocket::close_code::policy_error);
    desk.signed_in = true;
    Desk busy;
    Listener listener(busy);
    busy.signed_in = false;
    busy.publish({"*"});
    CHECK(listener.close_code() == beast::websocket::close_code::policy_error);
    CHECK(eventually([&] { return busy.server->feeds() == 0; }));
}

TEST_CASE("what a client says is ignored, and too much of it ends the feed") {
    Desk desk;
    Listener listener(desk);
    listener.say("hello");
    desk.publish({"*"});
    CHECK(listener.hear()["id"] == "1");
    listener.say(std::string(limits::feed_message_bytes + 1, 'x'));
    CHECK(listener.close_code() == beast::websocket::close_code::too_big);
    CHECK(eventually([&] { return desk.server->feeds() == 0; }));
}

TEST_CASE("a peer that neither reads nor answers pings is dropped") {
    Desk desk([](ServerOptions& options) { options.feed_ping_time = 30ms; });
    Listener const mute(desk); // its pongs are sent only while it reads
    CHECK(eventually([&] { return desk.server->feeds() == 0; }));
}

TEST_CASE("a consumer that does not read is dropped, and others do not wait for it") {
    Desk desk([](ServerOptions& options) { options.write_time = 100ms; });
    Listener slow(desk);
    slow.receive_buffer(2'048);
    desk.publish({"*"}, 16'000);
    Listener quick(desk);
    desk.publish({"*"});
    CHECK(quick.hear()["id"] == "16001");
    CHECK(eventually([&] { return desk.server->feeds() == 1; }));
}

TEST_CASE("feeds have a bound of their own") {
    Desk const desk([](ServerOptions& options) {
        options.feeds = 1;
        options.connections = 1;
    });
    Listener const first(desk);
    CHECK(eventually([&] { return desk.server->connections() == 0; }));
    Client client(desk.server->port());
    auto const second = client.ask(upgrade("/api/v1/events", version + county));
    CHECK(second.status == 503);
    CHECK(second.has("Retry-After: 1"));
}

TEST_CASE(
    "feeds come and go while there is much to tell and sessions end, until the server stops") {
    Desk desk([](ServerOptions& options) { options.feed_check_time = 5ms; });
    std::atomic<int> opened = 0;
    std::vector<std::jthread> listeners;
    for (int i = 0; i < 4; ++i)
        listeners.emplace_back([&opened, port = desk.server->port()] {
            try {
                for (;;) {
                    Client client(port); // goes without a word
                    if (client.ask(upgrade("/api/v1/events", version + county)).status == 101)
                        ++opened;
                }
            } catch (boost::system::system_error const&) { // nobody is there any more
            }
        });
    CHECK(eventually([&] {
        desk.publish({"*"}, 10);
        desk.signed_in = desk.seq % 160 != 0;
        return opened >= 50;
    }));
    desk.server->stop();
    listeners.clear();
    CHECK(desk.server->feeds() == 0);
    CHECK(desk.server->connections() == 0);
}

TEST_CASE("stopping tells every feed that the server goes away") {
    Desk desk;
    Listener listener(desk);
    std::thread stopping([&] { desk.server->stop(); });
    CHECK(listener.close_code() == beast::websocket::close_code::going_away);
    stopping.join();
    CHECK(desk.server->feeds() == 0);
    desk.publish({"*"}); // nobody is woken any more
}
