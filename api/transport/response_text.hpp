#pragma once
// A response as it goes over the wire.

#include "api/request/http.hpp"

#include <string>
#include <string_view>

namespace banjie::api {

struct ResponseFrame {
    std::string_view date;     // of the header field Date
    bool keep_alive = true;    // else "Connection: close"
    bool old_version = false;  // asked by HTTP/1.0: says "Connection: keep-alive"
    bool without_body = false; // answers HEAD: the body's length, but not the body
    bool never_stored = true;  // Cache-Control: no-store
    bool secure = false;       // over TLS: Strict-Transport-Security
};

/// Appends the head, and the body unless it is a file, with header fields that let a browser do as
/// little as possible with it: no guessing of types, no scripts, no frames, no other site's eyes.
/// Header fields of the response win over those that every response gets; one with a line break in
/// it is left out.
void append_response(std::string& out, Response const& response, ResponseFrame const& frame);

} // namespace banjie::api
