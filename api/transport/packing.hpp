#pragma once
// Replies as gzip, for who takes it: a list or a description shrinks to a fifth on a phone's line.

#include "api/request/http.hpp"

namespace banjie::api {

/// Replaces a body of JSON of at least limits::packed_from_bytes by its gzip (RFC 1952), and says
/// so in the head; leaves any other response as it is. 10 µs per kB, on the thread that calls.
///
/// What is compressed tells its length, and so what repeats in it (BREACH): replies that hold a
/// token or a key are far smaller than the bound, and stay as they are.
void pack(Response& response);

} // namespace banjie::api
