#pragma once
// What a request shows of its caller: the token of a session, in the Authorization header
// (programs) or in a cookie (the console in a browser).
//
// A browser sends its cookie whoever made it ask. So what comes by cookie and changes something has
// to show as well that a page of this host made it: by X-CSRF-Token, which only a reader of our own
// answers knows, and by the Origin, where the browser names one.

#include "api/request/http.hpp"
#include "engine/outcome.hpp"

#include <string>
#include <string_view>

namespace banjie::api {

struct Credentials {
    std::string_view token; // empty: none; valid as long as the request
    bool by_cookie = false;
};

/// The bearer token wins over the cookie. Two session cookies are none: one of them may have been
/// planted.
[[nodiscard]] Credentials credentials_of(Request const& request);

/// True without an Origin, and with one that names the Host that was asked (over TLS: by https).
[[nodiscard]] bool is_of_this_host(Request const& request);

/// What a request by cookie owes that may change something. Refused `forbidden` with code
/// "foreign_origin" or "csrf_token_missing".
[[nodiscard]] engine::Outcome<void> check_not_forged(Request const& request,
                                                     std::string_view token);

[[nodiscard]] engine::Refusal foreign_origin();

/// The value of Set-Cookie: HttpOnly, SameSite=Strict, for every path; over TLS also Secure, under
/// a name that browsers take from this host alone ("__Host-").
[[nodiscard]] std::string session_cookie(std::string_view token, bool secure);
/// The same that makes the browser forget it.
[[nodiscard]] std::string cleared_session_cookie(bool secure);

} // namespace banjie::api
