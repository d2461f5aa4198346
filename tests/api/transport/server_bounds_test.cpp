// How much, how long and how many: what one caller may take of the server.

#include "api/request/refusal_document.hpp"
#include "api/request/rooms.hpp"
#include "tests/api/transport/running.hpp"

#include <doctest/doctest.h>

#include <list>
#include <memory>
#include <new>

using namespace banjie;
using namespace banjie::api;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t mib = 1'048'576;
constexpr std::size_t answer_bytes = 16 * mib; // more than what lies between us and a client

/// Gives each body a room there; who sends it is who its Authorization names.
AdmitBody into(std::shared_ptr<Rooms> rooms) {
    return [rooms = std::move(rooms)](Request& request, std::uint64_t) {
        request.room = rooms->open(request.authorization, request.address);
        return std::optional<Response>();
    };
}

std::string as(std::string const& account, std::string const& method = "GET") {
    return method + " /a HTTP/1.1\r\nHost: h\r\nAuthorization: " + account + "\r\n\r\n";
}

/// Answers at length, to whom the Authorization names.
struct Talkative {
    [[nodiscard]] Handle handle() {
        return [this](Request const& request, Respond const& respond) {
            ++taken;
            respond({.body = std::string(answer_bytes, 'x'),
                     .headers = {},
                     .account = request.authorization});
        };
    }
    std::atomic<int> taken = 0;
};

/// Asks and takes nothing.
std::unique_ptr<Client> silent(Running const& running, std::string const& request) {
    auto client = std::make_unique<Client>(running.server.port());
    client->say(request);
    return client;
}

} // namespace

TEST_CASE("a body beyond its bound is 413, whether announced or not, and is not read to its end") {
    Running const running;
    std::string const large(limits::body_bytes + 1, 'x');
    std::string const post = "POST /a HTTP/1.1\r\nHost: h\r\n";
    running.refuses(post + "Content-Length: 1048577\r\n\r\n", 413);
    running.refuses(post + "Content-Length: 1048577\r\n\r\n" + large, 413);
    running.refuses(post + "Transfer-Encoding: chunked\r\n\r\n80000\r\n" +
                        large.substr(0, 0x80000) + "\r\n80001\r\n" + large.substr(0, 0x80001) +
                        "\r\n0\r\n\r\n",
                    413);
    auto client = running.client();
    auto const whole =
        client.ask(post + "Content-Length: 1048576\r\n\r\n" + large.substr(0, limits::body_bytes));
    CHECK(whole.status == 200);
    CHECK(whole.body.size() > limits::body_bytes);
}

TEST_CASE("heads and URLs beyond their bounds are 431 and 414") {
    Running const running;
    std::string const long_text(limits::head_bytes, 'x');
    std::string const medium(9'000, 'x');
    running.refuses("GET /a HTTP/1.1\r\nHost: h\r\nX: " + long_text + "\r\n\r\n", 431);
    running.refuses("GET /a HTTP/1.1\r\nHost: h\r\nX: " + medium + "\r\nY: " + medium + "\r\n\r\n",
                    431);
    running.refuses("GET /" + medium + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
    running.refuses("GET /" + long_text + long_text + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
    // Bit by bit, so that what has been read already is counted too.
    auto client = running.client();
    client.say("GET /a HTTP/1.1\r\nHost: h\r\n");
    for (int i = 0; i < 400; ++i) client.say("X: " + std::string(100, 'x') + "\r\n");
    CHECK(client.hear().status == 431);
}

TEST_CASE("chunks and trailers that do not end are refused, and trailers are no header fields") {
    Running const running;
    std::string const chunked = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    std::string const endless(3 * limits::head_bytes, 'x');
    running.refuses(chunked + "1;" + endless, 400);
    running.refuses(chunked + "0\r\nX: " + endless, 400);
    running.refuses(chunked + "0\r\nContent-Length: 5\r\n\r\n", 400);
    auto client = running.client();
    CHECK(client.ask(chunked + "1\r\nx\r\n0\r\nAuthorization: Bearer t\r\n\r\n").body ==
          "1 /a|||||127.0.0.1|x");
}

TEST_CASE("a client that asks first is told to continue, but not with a body beyond the bound") {
    Running const running;
    auto client = running.client();
    client.say("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.hear().status == 100);
    CHECK(client.ask("abc").body == "1 /a|||||127.0.0.1|abc");
    running.refuses("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n"
                    "Expect: 100-continue\r\n\r\n",
                    413);
}

TEST_CASE("slow and silent clients are dropped") {
    auto options = quick();
    options.head_time = 30ms;
    options.body_time = 30ms;
    options.idle_time = 30ms;
    Running const running(options);
    auto silent = running.client();
    CHECK(silent.is_closed());
    auto in_head = running.client();
    CHECK(in_head.ask("GET /a HTTP/1.1\r\nHo").status == 408);
    CHECK(in_head.is_closed());
    auto in_body = running.client();
    CHECK(in_body.ask("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc").status == 408);
    CHECK(in_body.is_closed());
    auto idle = running.client();
    CHECK(idle.ask(get).status == 200);
    CHECK(idle.is_closed());
    CHECK(eventually([&] { return running.server.connections() == 0; }));
}

TEST_CASE("a client that does not read its response is dropped") {
    auto options = quick();
    options.write_time = 50ms;
    Running const running(options, [](Request, Respond respond) {
        respond({.body = std::string(12U << 20U, 'x'), .headers = {}});
    });
    auto client = running.client();
    client.receive_buffer(4'096);
    client.say(get);
    CHECK(eventually([&] { return running.server.connections() == 1; }));
    CHECK(eventually([&] { return running.server.connections() == 0; }));
}

TEST_CASE("connections beyond their bound are turned away") {
    auto options = quick();
    options.connections = 2;
    Running const running(options);
    auto first = running.client();
    CHECK(first.ask(get).status == 200);
    {
        auto second = running.client();
        CHECK(second.ask(get).status == 200);
        auto third = running.client();
        auto const away = third.hear();
        CHECK(away.status == 503);
        CHECK(away.has("Retry-After: 2"));
        CHECK(third.is_closed());
    }
    CHECK(eventually([&] { return running.server.connections() == 1; }));
    CHECK(running.client().ask(get).status == 200);
}

TEST_CASE("idle connections make room where nearly all are taken") {
    auto options = quick();
    options.connections = 4;
    options.crowded_idle_time = 20ms;
    Running const running(options);
    std::list<Client> idle;
    for (int i = 0; i < 3; ++i)
        CHECK(idle.emplace_back(running.server.port()).ask(get).status == 200);
    CHECK(idle.emplace_back(running.server.port()).ask(get).status == 200);
    CHECK(eventually([&] { return running.server.connections() < 4; }));
    CHECK(running.client().ask(get).status == 200);
}

TEST_CASE("requests under way beyond their bound are told to come again") {
    auto options = quick();
    options.requests_under_way = 1;
    Waiting waiting;
    Running const running(options, waiting.handle());
    auto first = running.client();
    first.say(get);
    CHECK(eventually([&] { return waiting.taken == 1; }));
    auto second = running.client();
    auto const busy = second.ask(get);
    CHECK(busy.status == 503);
    CHECK(busy.has("Retry-After: 1"));
    auto third = running.client(); // its body is not waited for
    auto const unread =
        third.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\na few");
    CHECK(unread.status == 503);
    CHECK(unread.has("Retry-After: 1"));
    CHECK(third.is_closed());
    waiting.answer_all();
    CHECK(first.hear().body == "at last");
    second.say(get);
    CHECK(eventually([&] { return waiting.taken == 2; }));
    waiting.answer_all();
    CHECK(second.hear().body == "at last");
}

TEST_CASE("a large body that has room of its own does not count among the others") {
    auto options = quick();
    options.bodies_bytes = 200'000;
    options.admit_body = into(std::make_shared<Rooms>(Shares{4 * mib, 4 * mib, 4 * mib}));
    Running const running(options);
    std::string const body(limits::body_bytes + 1, 'x');
    auto client = running.client();
    CHECK(client
              .ask("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
                   "\r\n\r\n" + body)
              .status == 200);
}

TEST_CASE("bodies share a bound, and give their room back") {
    auto options = quick();
    options.bodies_bytes = 150'000;
    Waiting waiting;
    Running const running(options, waiting.handle());
    std::string const body(100'000, 'x');
    auto const whole = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + body;
    auto first = running.client();
    first.say(whole);
    REQUIRE(eventually([&] { return waiting.taken == 1; }));
    auto const busy = running.client().ask(whole);
    CHECK(busy.status == 503);
    CHECK(busy.has("Retry-After: 1"));
    waiting.answer_all();
    CHECK(first.hear().status == 200);
    first.say(whole);
    REQUIRE(eventually([&] { return waiting.taken == 2; }));
    waiting.answer_all();
    CHECK(first.hear().status == 200);
}

TEST_CASE("a large body holds what has come of it, not what is announced") {
    auto options = quick();
    auto const rooms = std::make_shared<Rooms>(Shares{9 * mib, 9 * mib, 9 * mib});
    options.admit_body = into(rooms);
    Running const running(options);
    std::string const announced = "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 8388608\r\n\r\n";
    std::vector<std::unique_ptr<Client>> senders;
    for (int i = 0; i < 8; ++i) senders.push_back(silent(running, announced + "x"));
    auto client = running.client();
    CHECK(client.ask(announced + std::string(8 * mib, 'x')).status == 200);
    auto const in_the_way = rooms->open("other", "10.0.0.1");
    REQUIRE(in_the_way->hold(2 * mib));
    auto const refused = running.client().ask(announced + std::string(8 * mib, 'x'));
    CHECK(refused.status == 503);
    CHECK(refused.has("Retry-After: 5"));
}

TEST_CASE("a large body whose bytes do not come is given up as soon as a small one") {
    auto options = quick();
    options.body_time = 30ms;
    options.admit_body = into(std::make_shared<Rooms>(limits::bodies));
    Running const running(options);
    auto client = running.client();
    CHECK(client.ask("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 20971520\r\n\r\nx").status ==
          408);
}

TEST_CASE("who is asked about a body is asked once it is more than anybody may send") {
    auto options = quick();
    std::atomic<int> asked = 0;
    options.admit_body = [&asked](Request& request, std::uint64_t bytes) {
        ++asked;
        CHECK(request.address == "127.0.0.1");
        return std::optional(body_too_large(bytes - 1));
    };
    Running const running(options);
    std::string const post = "POST /a HTTP/1.1\r\nHost: h\r\n";
    CHECK(running.client()
              .ask(post + "Content-Length: 4096\r\n\r\n" + std::string(4'096, 'x'))
              .status == 200);
    CHECK(running.client()
              .ask(post + "Transfer-Encoding: chunked\r\n\r\n1000\r\n" + std::string(4'096, 'x') +
                   "\r\n0\r\n\r\n")
              .status == 200);
    CHECK(asked == 0);
    running.refuses(post + "Content-Length: 4097\r\n\r\n", 413);
    CHECK(asked == 1);
    running.refuses(post + "Transfer-Encoding: chunked\r\n\r\n1001\r\n" + std::string(4'097, 'x') +
                        "\r\n0\r\n\r\n",
                    413);
    CHECK(asked == 2);
}

TEST_CASE("answers that are not taken count against whom they are for, until they are taken") {
    auto options = quick();
    options.answers = std::make_shared<Rooms>(Shares{40 * mib, 17 * mib, 40 * mib});
    Talkative talkative;
    Running const running(options, talkative.handle());
    auto const first = silent(running, as("a"));
    REQUIRE(eventually([&] { return talkative.taken == 1; }));
    auto const refused = running.client().ask(as("a"));
    CHECK(refused.status == 503);
    CHECK(refused.has("Retry-After: 1"));
    auto const other = silent(running, as("b"));
    REQUIRE(eventually([&] { return talkative.taken == 3; }));
    CHECK(running.client().ask(as("c")).status == 503); // of all together
    CHECK(first->hear().body.size() == answer_bytes);
    CHECK(eventually([&] { return running.client().ask(as("a")).status == 200; }));
    CHECK(other->hear().body.size() == answer_bytes);
}

TEST_CASE("who changes something is told so, be there room or not") {
    auto options = quick();
    options.answers = std::make_shared<Rooms>(Shares{mib, mib, mib});
    Talkative talkative;
    Running const running(options, talkative.handle());
    CHECK(running.client().ask(as("a")).status == 503);
    CHECK(running.client().ask(as("a", "POST")).body.size() == answer_bytes);
}

TEST_CASE("of requests that are sent ahead none is taken up before the last answer is taken") {
    Talkative talkative;
    auto options = quick();
    options.answers = std::make_shared<Rooms>(Shares{40 * mib, 17 * mib, 40 * mib});
    Running const running(options, talkative.handle());
    auto const client = silent(running, as("a") + as("a") + as("a"));
    REQUIRE(eventually([&] { return talkative.taken == 1; }));
    CHECK(running.client().ask(as("b")).status == 200); // meanwhile
    CHECK(talkative.taken == 2);
    for (int i = 0; i < 3; ++i) CHECK(client->hear().body.size() == answer_bytes);
    CHECK(talkative.taken == 4);
}

TEST_CASE("memory that runs out costs the request that asked for it, and no other") {
    Running const running(quick(), [](Request const& request, Respond const& respond) {
        if (request.path == "/handler") throw std::bad_alloc();
        Response response{.headers = {}};
        if (request.path == "/writer")
            response.write_body = []() -> std::string { throw std::bad_alloc(); };
        respond(std::move(response));
    });
    for (std::string const path : {"/handler", "/writer"}) {
        CAPTURE(path);
        auto client = running.client();
        auto const refused = client.ask("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
        CHECK(refused.status == 503);
        CHECK(refused.body.find("\"code\":\"busy\"") != std::string::npos);
        CHECK(refused.has("Retry-After: 5"));
        CHECK(running.client().ask(get).status == 200);
    }
    CHECK(eventually([&] { return running.server.connections() == 0; }));
}
