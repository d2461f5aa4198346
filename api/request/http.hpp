#pragma once
// A request and its response as plain values, without Beast: the transport (`server.cpp`) knows
// nothing of problems, and the handlers know nothing of sockets.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banjie::storage {
class Blob;
class NewBlob;
} // namespace banjie::storage

namespace banjie::api {

class Room;

enum class Method { get, post, put, patch, delete_, other };

struct Request {
    Method method = Method::get;
    std::string path;                                       // decoded, without the query
    std::vector<std::pair<std::string, std::string>> query; // decoded, in order
    std::map<std::string, std::string> parameters;          // of the route, by name
    std::string body;
    std::string content_type;
    std::string authorization;
    std::string cookie;
    std::string csrf_token;      // X-CSRF-Token
    std::string host;            // requested by the client
    std::string method_override; // X-HTTP-Method-Override
    std::string origin;
    std::string idempotency_key;
    std::string if_match;
    std::string user_agent;
    std::string address;        // of the client
    std::shared_ptr<Room> room; // of an admitted body (rooms.hpp)
    /// Takes the body as it arrives, in place of `body`; set when it was asked about.
    std::shared_ptr<storage::NewBlob> file;
    bool secure = false;
    bool of_this_machine = false; // from this machine, and not through a proxy
    bool takes_gzip = false;

    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
};

/// Properties of a request that concern the transport only.
struct RequestFrame {
    bool head_only = false;        // HEAD; the request's method is then `get`
    bool keep_alive = true;        // the client wants it
    bool old_version = false;      // HTTP/1.0
    bool expects_continue = false; // waits for "100 Continue" before it sends the body
    bool websocket = false;        // asks for a WebSocket
    bool forwarded = false;        // has headers of a proxy, be they genuine or forged
    std::string forwarded_for;     // X-Forwarded-For, several of them as one list
    std::string forwarded_proto;   // X-Forwarded-Proto, likewise
    std::string forwarded_host;    // X-Forwarded-Host, likewise
    std::string websocket_key;
    std::string websocket_version;
    std::uint64_t body_bytes = 0;     // announced; 0 when chunked
    std::uint64_t received_bytes = 0; // of the body, so far
};

struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    /// Function that returns the body in place of `body`, if set. Called once, on the connection's
    /// thread, so that the handler's thread stays free.
    std::function<std::string()> write_body{};
    /// Where it is set, its bytes are the body, read as they are taken.
    std::shared_ptr<storage::Blob const> file{};
    std::string account{};     // that it answers; empty for a caller without one
    bool holds_secret = false; // shown only once: never stored for a repeated key

    [[nodiscard]] std::uint64_t body_bytes() const;
};

/// Callback that refuses a body or assigns it a room in the request, which then holds the received
/// bytes. Called when a request's head announces more than limits::anonymous_body_bytes. Called
/// with limits::body_bytes when a body of unknown length exceeds the former.
using AdmitBody = std::function<std::optional<Response>(Request& request, std::uint64_t bytes)>;

/// Callback that takes the response. Called exactly once, on any thread.
using Respond = std::function<void(Response)>;

} // namespace banjie::api
