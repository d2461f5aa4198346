#pragma once
// A server for one test of the transport, with handlers that echo or wait.

#include "api/transport/server.hpp"
#include "tests/api/transport/client.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace banjie::api {

/// Returns what the transport made of the request.
inline Response echo(Request const& request) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::to_string(static_cast<int>(request.method)) + " " + request.path;
    for (auto const& [name, value] : request.query) response.body += " " + name + "=" + value;
    for (auto const* text : {&request.content_type, &request.authorization,
                             &request.idempotency_key, &request.if_match, &request.address})
        response.body += "|" + *text;
    response.body += "|" + request.body;
    return response;
}

inline void echoing(Request request, Respond respond) {
    respond(echo(request));
}

inline ServerOptions quick() {
    ServerOptions options;
    options.port = 0;
    options.threads = 2;
    options.tick = std::chrono::milliseconds(5);
    options.linger_time = std::chrono::milliseconds(500);
    return options;
}

struct Running {
    explicit Running(ServerOptions options = quick(), Handle handle = echoing)
        : server(std::move(options), std::move(handle)) {
        auto const started = server.start();
        REQUIRE_MESSAGE(started.has_value(), (started ? "" : started.error().detail));
    }
    [[nodiscard]] Client client() const { return Client(server.port()); }
    /// Checks, on a new connection, that the request gets that status and the connection is closed.
    void refuses(std::string const& bytes, int status) const {
        CAPTURE(bytes.substr(0, 200));
        auto client = this->client();
        auto const received = client.ask(bytes);
        CHECK(received.status == status);
        CHECK(received.has("Content-Type: application/problem+json"));
        CHECK(received.has("Connection: close"));
        CHECK(client.is_closed());
    }
    Server server;
};

/// Handler that keeps requests until the test answers.
struct Waiting {
    [[nodiscard]] Handle handle() {
        return [this](Request, Respond respond) {
            std::lock_guard const lock(mutex);
            kept.push_back(std::move(respond));
            ++taken;
        };
    }
    void answer_all() {
        std::lock_guard const lock(mutex);
        for (auto const& respond : kept) respond({.body = "at last", .headers = {}});
        kept.clear();
    }
    std::mutex mutex;
    std::vector<Respond> kept;
    std::atomic<int> taken = 0;
};

inline std::string const get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

} // namespace banjie::api
