#include "tools/attackers/kinds.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

#include <functional>

namespace banjie::attack {

namespace asio = boost::asio;
using asio::awaitable;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

using Answers = std::map<std::string, std::uint64_t>;

/// One attacker of a kind: its connection is open.
struct Attacker {
    Wire& wire;
    Order const& order;
    std::string const& token;
    unsigned number;
    Answers& answers;

    [[nodiscard]] bool goes_on() const { return steady_clock::now() < order.until; }
    awaitable<bool> count(Reply const& reply) const {
        ++answers[reply.code()];
        co_return reply.status != 0 && reply.head.find("Connection: close") == std::string::npos;
    }
};

awaitable<void> slow_head(Attacker at) {
    co_await at.wire.say("GET /api/v1/problems HTTP/1.1\r\nHost: banjie\r\nX-Slow: ");
    for (int i = 0; i < 30; ++i) {
        co_await at.wire.say("x");
        co_await pause(1s);
    }
}

awaitable<void> slow_body(Attacker at) {
    co_await at.wire.say(
        "POST /api/v1/problems HTTP/1.1\r\nHost: banjie\r\nAuthorization: Bearer " + at.token +
        "\r\nContent-Type: application/json\r\n"
        "Content-Length: 1000000\r\n\r\n");
    for (int i = 0; i < 60; ++i) {
        co_await at.wire.say(std::string(100, ' '));
        co_await pause(1s);
    }
}

awaitable<void> big_body(Attacker at) {
    std::string body(1'000'000, ' ');
    body.front() = '{';
    body.back() = '}';
    for (bool open = true; open && at.goes_on();) {
        auto const reply = co_await at.wire.ask("/api/v1/problems", at.token, body);
        open = co_await at.count(reply);
        co_await pause(500ms);
    }
}

awaitable<void> nested_body(Attacker at) {
    std::string const deep(500'000, '[');
    std::string wide = "{\"a\":[0";
    for (int i = 0; i < 150'000; ++i) wide += ",0";
    wide += "]}";
    for (bool open = true; open && at.goes_on();) {
        auto const reply =
            co_await at.wire.ask("/api/v1/problems", at.token, at.number % 2 == 0 ? deep : wide);
        open = co_await at.count(reply);
        co_await pause(500ms);
    }
}

awaitable<void> malformed(Attacker at) {
    static std::string const bodies[] = {R"({"title":"x","is_admin":true,"region":"36"})",
                                         R"({"title":)", "\xff\xfe{}", R"([1,2,3])",
                                         R"({"title":{"title":{"title":1}}})"};
    for (unsigned i = at.number; at.goes_on(); ++i) {
        auto const reply =
            co_await at.wire.ask("/api/v1/problems", at.token, bodies[i % std::size(bodies)]);
        bool const open = co_await at.count(reply);
        if (!open) co_return;
        co_await pause(50ms);
    }
}

awaitable<void> feed_from_zero(Attacker at) {
    co_await at.wire.say("GET /api/v1/events?after=e1.0 HTTP/1.1\r\nHost: banjie\r\n"
                         "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
                         "Authorization: Bearer " +
                         at.token + "\r\n\r\n");
    auto const answer = co_await at.wire.hear();
    co_await at.count(answer);
    if (answer.status != 101) co_return co_await pause(1s);
    co_await pause(2s); // the history has come, and is not all read
}

awaitable<void> guess(Attacker at) {
    constexpr char const* names[] = {"township", "county", "city", "province", "admin"};
    for (unsigned i = at.number; at.goes_on(); ++i) {
        auto const form = R"({"username":")" + std::string(names[i % std::size(names)]) +
                          R"(","password":"guess-)" + std::to_string(i) + R"("})";
        auto const reply = co_await at.wire.ask("/api/v1/sessions", "", form);
        bool const open = co_await at.count(reply);
        if (!open) co_return;
        co_await pause(200ms);
    }
}

awaitable<void> unread(Attacker at) {
    at.wire.socket().set_option(asio::socket_base::receive_buffer_size(4'096));
    auto const ask = request_text("/api/v1/problems?limit=200", at.token);
    for (int i = 0; i < 20; ++i) co_await at.wire.say(ask);
    co_await pause(40s);
}

awaitable<void> idle(Attacker at) {
    auto const reply = co_await at.wire.ask("/healthz", "");
    bool const open = co_await at.count(reply);
    if (!open) co_return co_await pause(5s);
    auto const bytes = co_await at.wire.drain();
    if (bytes > 0) ++at.answers["unexpected"];
}

awaitable<void> expensive(Attacker at) {
    constexpr char const* targets[] = {
        "/api/v1/statistics/summary", "/api/v1/statistics/trend?workflow=problem",
        "/api/v1/problems?q=%E9%81%93%E8%B7%AF&limit=200", "/api/v1/work", "/openapi.json"};
    for (unsigned i = at.number; at.goes_on(); ++i) {
        auto const reply = co_await at.wire.ask(targets[i % std::size(targets)], at.token);
        bool const open = co_await at.count(reply);
        if (!open) co_return;
        co_await pause(20ms);
    }
}

struct Kind {
    char const* name;
    unsigned attackers;
    awaitable<void> (*attack)(Attacker);
};

constexpr Kind kinds[] = {
    {"slow heads", 200, slow_head},    {"slow bodies", 200, slow_body},
    {"big bodies", 6, big_body},       {"nested bodies", 4, nested_body},
    {"malformed", 4, malformed},       {"feeds from 0", 40, feed_from_zero},
    {"guessing", 20, guess},           {"unread answers", 60, unread},
    {"idle connections", 3'000, idle}, {"expensive reads", 16, expensive},
};

/// All attackers come from one block of 20 addresses.
Route route_of(Order const& order, unsigned number) {
    return {order.server, asio::ip::address_v4(asio::ip::address_v4::bytes_type{
                              198, 51, 100, static_cast<unsigned char>(1 + number % 20)})};
}

awaitable<void> sign_in(Order const& order, std::string& token) {
    Wire wire(co_await asio::this_coro::executor, route_of(order, 0));
    co_await wire.open();
    auto const reply =
        co_await wire.ask("/api/v1/sessions", "",
                          R"({"username":"screener","password":")" + order.password + R"("})");
    token = text_in(reply.body, "token");
}

awaitable<void> attack_as(Kind const& kind, Order const& order, std::string const& token,
                          unsigned number, Answers& answers) {
    co_await pause(std::chrono::milliseconds(number * 5));
    while (steady_clock::now() < order.until) {
        bool broken = false;
        try {
            Wire wire(co_await asio::this_coro::executor, route_of(order, number));
            co_await wire.open();
            co_await kind.attack({wire, order, token, number, answers});
        } catch (boost::system::system_error const&) {
            broken = true;
        }
        if (!broken) continue;
        ++answers["broken off"];
        co_await pause(500ms);
    }
}

} // namespace

std::map<std::string, Answers> attack(Order const& order) {
    asio::io_context context{1};
    std::string token;
    asio::co_spawn(context, sign_in(order, token), asio::detached);
    context.run();
    context.restart();
    std::map<std::string, Answers> all;
    for (Kind const& kind : kinds)
        for (unsigned i = 0; i < kind.attackers; ++i)
            asio::co_spawn(context, attack_as(kind, order, token, i, all[kind.name]),
                           asio::detached);
    context.run_until(order.until + 5s);
    return all;
}

} // namespace banjie::attack
