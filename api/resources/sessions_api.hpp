#pragma once
// Sign-in, sign-out and the caller's account.

#include "api/request/exchange.hpp"

namespace banjie::api::sessions {

inline constexpr engine::FieldSpec sign_in_form[] = {
    {.name = "username", .required = true, .maximum = 64},
    {.name = "password", .required = true, .maximum = 256},
    {.name = "cookie", .kind = engine::FieldKind::boolean},
    {.name = "code", .maximum = 32},
};
inline constexpr engine::FieldSpec password_form[] = {
    {.name = "old_password", .required = true, .maximum = 256},
    {.name = "new_password", .required = true, .maximum = 256},
};
inline constexpr engine::FieldSpec end_form[] = {
    {.name = "password", .required = true, .maximum = 256},
};

/// Returns the JSON of a session.
[[nodiscard]] nlohmann::json session_json(engine::OpenSession const& session);

/// Signs in. Answers 201 {token, expires_at, user}. With `cookie` the token is sent as a cookie
/// instead, together with the csrf_token that requests by cookie must send. If the account has a
/// second factor, name and password without `code` are refused with `second_factor_required`. Runs
/// on the password pool.
void sign_in(std::shared_ptr<Exchange> exchange);
[[nodiscard]] engine::Outcome<Response> sign_out(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> me(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> change_password(Exchange& exchange);
/// Returns {items}, with the caller's session marked as "this". An API key has none.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Ends a session. Returns 204. Another user's session is refused like one that does not exist.
[[nodiscard]] engine::Outcome<Response> end(Exchange& exchange);
/// Ends all sessions except the caller's. Returns 204.
[[nodiscard]] engine::Outcome<Response> end_others(Exchange& exchange);

} // namespace banjie::api::sessions
