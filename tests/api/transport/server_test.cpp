#include "api/request/refusal_document.hpp"
#include "api/request/worker_pool.hpp"
#include "tests/api/transport/running.hpp"

#include <doctest/doctest.h>

#include <future>
#include <list>
#include <stdexcept>
#include <thread>

using namespace banjie;
using namespace banjie::api;
using namespace std::chrono_literals;

TEST_CASE("a request comes to the handler decoded, and the connection stays open for the next") {
    Running const running;
    auto client = running.client();
    auto first = client.ask("GET /api/%E5%8A%9E?q=a+b%26&x= HTTP/1.1\r\nHost: h\r\nAuthorization: "
                            "Bearer t\r\nIf-Match: \"3\"\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n");
    CHECK(first.status == 200);
    CHECK(first.body == "0 /api/办 q=a b& x=||Bearer t||\"3\"|127.0.0.1|");
    auto second = client.ask("POST /b HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                             "idempotency-key: k\r\nContent-Length: 2\r\n\r\n{}");
    CHECK(second.body == "1 /b|application/json||k||127.0.0.1|{}");
    CHECK(client.ask("DELETE http://h/c?d=e HTTP/1.1\r\nHost: h\r\n\r\n").body ==
          "4 /c d=e|||||127.0.0.1|");
    CHECK(client.ask("BREW /tea HTTP/1.1\r\nHost: h\r\n\r\n").body == "5 /tea|||||127.0.0.1|");
}

TEST_CASE("answers that come in a burst reach their connections, their bodies written there") {
    ServerOptions options = quick();
    options.threads = 1;
    std::atomic<std::thread::id> network;
    std::vector<Respond> kept;
    std::mutex mutex;
    Running const running(options, [&](Request, Respond respond) {
        network = std::this_thread::get_id();
        std::lock_guard const lock(mutex);
        kept.push_back(std::move(respond));
    });
    std::list<Client> clients;
    for (int i = 0; i < 20; ++i) clients.emplace_back(running.server.port());
    for (auto& client : clients) client.say(get);
    auto const all = [&] {
        std::lock_guard const lock(mutex);
        return kept.size() == clients.size();
    };
    while (!all()) std::this_thread::yield();
    std::atomic<int> written_there = 0;
    for (auto const& respond : kept)
        respond({.headers = {}, .write_body = [&] {
                     if (std::this_thread::get_id() == network.load()) ++written_there;
                     return std::string("late");
                 }});
    kept.clear();
    for (auto& client : clients) CHECK(client.hear().body == "late");
    CHECK(written_there == 20);
}

TEST_CASE("requests that are sent ahead are answered in order") {
    Running const running;
    auto client = running.client();
    client.say("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\n"
               "Content-Length: 1\r\n\r\nx\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(client.hear().body.starts_with("0 /1"));
    CHECK(client.hear().body.starts_with("1 /2"));
    CHECK(client.hear().body.starts_with("0 /3"));
}

TEST_CASE("a request that trickles in byte by byte is read as if it came at once") {
    Running const running;
    auto client = running.client();
    std::string const request = "PUT /x?y=z HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                                "\r\n3\r\nabc\r\n2;e=1\r\nde\r\n0\r\nTrailer: t\r\n\r\n";
    for (char const& byte : request) client.say({&byte, 1});
    CHECK(client.hear().body == "2 /x y=z|||||127.0.0.1|abcde");
    CHECK(client.ask(get).status == 200);
}

TEST_CASE("every response says how it may be used, and its own header fields win") {
    Running const running(quick(), [](Request request, Respond respond) {
        Response response;
        response.headers = {{"x-own", "1"}, {"X-Evil", "a\r\nSet-Cookie: b"}};
        if (request.path == "/api/own")
            response.headers.insert(
                response.headers.end(),
                {{"cache-control", "private"}, {"content-security-policy", "default-src 'self'"}});
        if (request.path == "/empty") response.status = 204;
        respond(std::move(response));
    });
    auto client = running.client();
    auto const plain = client.ask("GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(plain.has("X-Content-Type-Options: nosniff"));
    CHECK(plain.has("Referrer-Policy: no-referrer"));
    CHECK(plain.has("Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action "
                    "'none'; frame-ancestors 'none'"));
    CHECK(plain.has("Cross-Origin-Opener-Policy: same-origin"));
    CHECK(plain.has("Cross-Origin-Embedder-Policy: require-corp"));
    CHECK(plain.has("Cross-Origin-Resource-Policy: same-origin"));
    CHECK(plain.head.find("Strict-Transport-Security") == std::string::npos);
    CHECK(plain.has("Cache-Control: no-store"));
    CHECK(plain.has("Content-Length: 0"));
    CHECK(plain.has("x-own: 1"));
    CHECK(plain.head.find("\r\nDate: ") != std::string::npos);
    CHECK(plain.head.find("Server") == std::string::npos);
    CHECK(plain.head.find("Set-Cookie") == std::string::npos);
    auto const own = client.ask("GET /api/own HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(own.has("cache-control: private"));
    CHECK(own.head.find("no-store") == std::string::npos);
    CHECK(own.has("content-security-policy: default-src 'self'"));
    CHECK(own.head.find("'none'") == std::string::npos);
    auto const empty = client.ask("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(empty.status == 204);
    CHECK(empty.head.find("Content-Length") == std::string::npos);
}

TEST_CASE("HEAD is answered as GET, without the body") {
    Running const running;
    auto client = running.client();
    client.say("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get);
    auto const head = client.hear(false);
    CHECK(head.has("Content-Length: 19"));
    CHECK(client.hear().body == "0 /a|||||127.0.0.1|");
}

TEST_CASE("HTTP/1.0 and Connection: close end the connection") {
    Running const running;
    auto old = running.client();
    CHECK(old.ask("GET /a HTTP/1.0\r\n\r\n").status == 200);
    CHECK(old.is_closed());
    auto last = running.client();
    CHECK(last.ask("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
              .has("Connection: close"));
    CHECK(last.is_closed());
    auto kept = running.client();
    CHECK(kept.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
              .has("Connection: keep-alive"));
    CHECK(kept.ask(get).status == 200);
}

TEST_CASE("a proxy is believed about the client, and nobody else") {
    std::string const forwarded = "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6, "
                                  "10.0.0.9\r\nX-Forwarded-Proto: https\r\n\r\n";
    Running const alone;
    auto const direct = alone.client().ask(forwarded);
    CHECK(direct.body == "0 /a|||||127.0.0.1|");
    CHECK(direct.head.find("Strict-Transport-Security") == std::string::npos);
    auto options = quick();
    options.proxies = {"127.0.0.1"};
    Running const behind(options);
    auto client = behind.client();
    auto const through = client.ask(forwarded);
    CHECK(through.body == "0 /a|||||10.0.0.9|"); // what the client itself claims comes before
    CHECK(through.head.find("Strict-Transport-Security") != std::string::npos);
    auto const own = client.ask(get);
    CHECK(own.body == "0 /a|||||127.0.0.1|");
    CHECK(own.head.find("Strict-Transport-Security") == std::string::npos);
    options.proxies = {"127.0.0.2"};
    Running const other(options);
    CHECK(other.client().ask(forwarded).body == "0 /a|||||127.0.0.1|");
}

TEST_CASE("what two programs could read in two ways is refused, and the connection closed") {
    Running const running;
    std::string const post = "POST /a HTTP/1.1\r\nHost: h\r\n";
    for (auto const& bytes : {
             post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
             post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
             post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
             post + "Content-Length: 1, 1\r\n\r\nx",
             post + "Content-Length: +1\r\n\r\nx",
             post + "Content-Length: -1\r\n\r\nx",
             post + "Content-Length: 0x1\r\n\r\nx",
             post + "Content-Length: 99999999999999999999999\r\n\r\nx",
             post + "Content-Length : 1\r\n\r\nx",
             post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
             std::string("POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
             post + "Host: other\r\n\r\n",
             std::string("GET /a HTTP/1.1\r\n\r\n"),
             post + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
             post + "Bad Name: x\r\n\r\n",
             post + "X: a\r\n b\r\n\r\n", // a folded line
             post + "X: a\r\n\tTransfer-Encoding: chunked\r\n\r\n",
             std::string("POST /a HTTP/1.1\r\n Host: h\r\n\r\n"),
             post + "Content-Length: 1\n\nx", // lines that end otherwise
             post + "X: a\nContent-Length: 1\r\n\r\nx",
             post + "X: a\rContent-Length: 1\r\n\r\nx",
             post + "X: a" + std::string(1, '\0') + "b\r\n\r\n",
             post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nx",
             post + "Cookie: banjie_session=a\r\nCookie: banjie_session=b\r\n\r\n",
             post + "Origin: https://h\r\nOrigin: https://evil\r\n\r\n",
             post + "X-CSRF-Token: a\r\nX-CSRF-Token: b\r\n\r\n",
             post + "Content-Type: text/plain\r\nContent-Type: application/json\r\n\r\n",
             post + "If-Match: \"1\"\r\nIf-Match: \"2\"\r\n\r\n",
             post + "Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n",
             std::string("GET  /a HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET /a\r\nHost: h\r\n\r\n"),
             std::string("CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET ftp://h/a HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET /a%2fb HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET /a%00 HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET /a%zz HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET a HTTP/1.1\r\nHost: h\r\n\r\n"),
             std::string("GET /a HTTP/2.0\r\nHost: h\r\n\r\n"),
             std::string("\x16\x03\x01 and so on, as TLS would begin\r\n\r\n"),
         })
        running.refuses(bytes, 400);
    running.refuses(post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
    running.refuses(post + "Transfer-Encoding: identity\r\n\r\n", 501);
    running.refuses(post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 501);
    running.refuses(post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501);
    running.refuses(post + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n", 501);
    running.refuses(post + "Expect: a miracle\r\n\r\n", 417);
}

TEST_CASE("a handler that fails is a 500, and one that answers twice is heard once") {
    Running const running(quick(), [](Request request, Respond respond) {
        if (request.path == "/fail") throw std::runtime_error("a secret");
        respond({.body = "once", .headers = {}});
        respond({.body = "twice", .headers = {}});
    });
    auto client = running.client();
    auto const failed = client.ask("GET /fail HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(failed.status == 500);
    CHECK(failed.body.find("secret") == std::string::npos);
    CHECK(client.ask(get).body == "once");
    CHECK(client.ask(get).body == "once");
}

TEST_CASE("stopping finishes the request under way, closes idle connections, then takes none") {
    Waiting waiting;
    Running running(quick(), waiting.handle());
    auto busy = running.client();
    busy.say(get);
    auto idle = running.client();
    CHECK(eventually([&] { return waiting.taken == 1 && running.server.connections() == 2; }));
    auto const port = running.server.port();
    auto stopping = std::async(std::launch::async, [&] { running.server.stop(); });
    CHECK(idle.is_closed());
    CHECK(stopping.wait_for(0s) == std::future_status::timeout);
    waiting.answer_all();
    auto const received = busy.hear();
    CHECK(received.body == "at last");
    CHECK(received.has("Connection: close"));
    CHECK(busy.is_closed());
    stopping.get();
    CHECK_THROWS((void)Client(port));
    CHECK(running.server.connections() == 0);
}

TEST_CASE("stopping does not wait for ever, and a late answer does no harm") {
    auto options = quick();
    options.stop_time = 20ms;
    Waiting waiting;
    auto running = std::make_unique<Running>(options, waiting.handle());
    auto client = running->client();
    client.say(get);
    CHECK(eventually([&] { return waiting.taken == 1; }));
    running->server.stop();
    CHECK(client.is_closed());
    running.reset();
    waiting.answer_all();
}

TEST_CASE("stopping among many requests answers each of them whole or not at all") {
    WorkerPool workers;
    Running running(quick(), [&workers](Request request, Respond respond) {
        if (!workers.post("", [request, respond] { respond(echo(request)); }))
            respond({.headers = {}});
    });
    std::atomic<int> answers = 0, others = 0;
    std::list<Client> clients;
    std::vector<std::jthread> asking;
    for (int i = 0; i < 4; ++i)
        asking.emplace_back([&, &client = clients.emplace_back(running.server.port())] {
            for (auto heard = client.ask(get); heard.status != 0; heard = client.ask(get))
                ++(heard.body == "0 /a|||||127.0.0.1|" ? answers : others);
        });
    CHECK(eventually([&] { return answers >= 100; }));
    running.server.stop();
    asking.clear();
    CHECK(others == 0);
    CHECK(running.server.connections() == 0);
}

TEST_CASE("a server that cannot start says why") {
    Running const running;
    auto options = quick();
    options.port = running.server.port();
    Server taken(options, echoing);
    auto const second = taken.start();
    REQUIRE(!second);
    CHECK(second.error().code == "cannot_listen");
    options.address = "no address";
    auto const nowhere = Server(options, echoing).start();
    REQUIRE(!nowhere);
    CHECK(nowhere.error().code == "bad_address");
}
