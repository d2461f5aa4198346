#pragma once
// Credentials of a request: the token of a session, in the Authorization header (programs) or in a
// cookie (the console in a browser).
//
// Browsers attach cookies to cross-site requests, so a write authenticated by cookie must also
// prove that it came from our own pages: by X-CSRF-Token, which only a reader of our answers knows,
// and by the Origin, if the browser sends one.

#include "api/request/http.hpp"
#include "engine/outcome.hpp"

#include <string>
#include <string_view>

namespace banjie::api {

struct Credentials {
    std::string_view token; // empty: none; a view into the request
    bool by_cookie = false;
};

/// Returns the credentials. A bearer token takes precedence over the cookie. Two session cookies
/// count as none, since one of them may have been planted.
[[nodiscard]] Credentials credentials_of(Request const& request);

/// Returns true if there is no Origin, or if it names the Host of the request (over TLS: with
/// https).
[[nodiscard]] bool is_of_this_host(Request const& request);

/// Checks a write that is authenticated by cookie. Refuses with `forbidden` and code
/// "foreign_origin" or "csrf_token_missing".
[[nodiscard]] engine::Outcome<void> check_not_forged(Request const& request,
                                                     std::string_view token);

[[nodiscard]] engine::Refusal foreign_origin();

/// Returns the value of Set-Cookie: HttpOnly, SameSite=Strict, for every path. Over TLS also
/// Secure, under a name that browsers accept only from this host ("__Host-").
[[nodiscard]] std::string session_cookie(std::string_view token, bool secure);
/// Returns the value of Set-Cookie that makes the browser delete the cookie.
[[nodiscard]] std::string cleared_session_cookie(bool secure);

/// Returns the token by which the browser shows that somebody has signed in there before; empty if
/// there is none. It gives no access: see engine/people/known_devices.hpp.
[[nodiscard]] std::string_view device_token_of(Request const& request);
/// The value of Set-Cookie for it: like the session's, and kept for limits::device_days.
[[nodiscard]] std::string device_cookie(std::string_view token, bool secure);

} // namespace banjie::api
