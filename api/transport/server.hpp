#pragma once
// The transport: HTTP/1.1 with keep-alive and WebSockets, with or without TLS, over as many threads
// as there are cores. It knows nothing of problems.
//
// A connection lives on one thread and handles its requests one after the other, in order. Whoever
// is slow, silent or too many is dropped within the bounds of limits.hpp. Too many connections,
// requests or bytes of bodies are answered 503 with Retry-After, where possible before the body has
// been read; so what is taken up is answered soon, and memory is bounded. An answer that the peer
// has not taken counts like a body: until it is taken, the connection reads no further request, and
// whoever leaves too much untaken is answered 503. Where memory runs out all the same, the request
// that asked for it is answered 503.

#include "api/limits.hpp"
#include "api/request/http.hpp"
#include "api/request/rooms.hpp"
#include "engine/outcome.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace banjie::api {

class EventFeed;

/// Called on a network thread, so it must not wait. Calls `Respond` exactly once, on any thread.
using Handle = std::function<void(Request, Respond)>;

struct ServerOptions {
    std::string address = "127.0.0.1"; // of an interface, as a number; "::" for all
    std::uint16_t port = 8080;         // 0: any that is free
    std::string tls_certificate;       // PEM file of the chain; empty: no TLS
    std::string tls_key;               // PEM file, not encrypted
    std::vector<std::string> proxies;  // addresses and blocks whose X-Forwarded-… are believed
    std::string public_origin;         // that browsers ask ("https://…"); empty: the Host
    unsigned threads = 0;              // 0: one per core

    AdmitBody admit_body{}; // of more than limits::anonymous_body_bytes; see RequestReader
    /// Counts work for an account that is no request, as so many requests. Returns for how many
    /// seconds the account has to wait. Of feeds: see feed_session.cpp.
    std::function<int(std::string const& account, double requests)> charge{};
    std::shared_ptr<Rooms> answers = std::make_shared<Rooms>(limits::answers);
    std::size_t connections = limits::connections;
    std::size_t requests_under_way = limits::requests_under_way;
    std::size_t bodies_bytes = limits::bodies_bytes;
    std::size_t feeds = limits::feeds;
    std::chrono::milliseconds head_time{limits::head_time_s * 1000};
    std::chrono::milliseconds body_time{limits::body_time_s * 1000};
    std::chrono::milliseconds idle_time{limits::idle_time_s * 1000};
    std::chrono::milliseconds crowded_idle_time{limits::crowded_idle_time_s * 1000};
    std::chrono::milliseconds write_time{limits::write_time_s * 1000};
    std::chrono::milliseconds linger_time{limits::linger_time_s * 1000};
    std::chrono::milliseconds stop_time{limits::stop_time_s * 1000};
    std::chrono::milliseconds feed_ping_time{limits::feed_ping_time_s * 1000};
    std::chrono::milliseconds feed_check_time{limits::feed_check_time_s * 1000};
    /// How often deadlines are looked at; they are kept to within it.
    std::chrono::milliseconds tick{250};
};

class Server {
public:
    /// `feed` takes the WebSockets; without one an upgrade is an ordinary request.
    Server(ServerOptions options, Handle handle, std::shared_ptr<EventFeed> feed = nullptr);
    ~Server(); // stops

    /// Refuses with "bad_certificate", "bad_proxy", "bad_public_origin", "bad_address" or
    /// "cannot_listen".
    [[nodiscard]] engine::Outcome<void> start();
    /// Reads the files of the certificate again, for the connections to come. Refused with code
    /// "bad_certificate"; then the one before stays in use. Nothing to do without TLS.
    [[nodiscard]] engine::Outcome<void> reload_certificate();
    /// Returns until when the certificate is valid; nullopt without TLS. Thread-safe.
    [[nodiscard]] std::optional<engine::Time> certificate_ends() const;
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::size_t connections() const;
    [[nodiscard]] std::size_t feeds() const;

    /// Takes no more connections, closes the idle ones, lets requests under way finish for at most
    /// `stop_time`, closes feeds with code 1001, and returns when all are gone. Idempotent; not
    /// from a handler.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace banjie::api
