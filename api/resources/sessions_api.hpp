#pragma once
// Signing in and out, and the own account.

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

/// 201 {token, expires_at, user}; with `cookie` the token comes as a cookie instead, and with it
/// the csrf_token that requests by cookie have to send. Where the account has a second factor, name
/// and password without `code` are refused `second_factor_required`. Computed on the pool of
/// passwords.
void sign_in(std::shared_ptr<Exchange> exchange);
[[nodiscard]] engine::Outcome<Response> sign_out(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> me(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> change_password(Exchange& exchange);
/// {items}, of which the one that asks is "this". An API key has none.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// 204; another's session is refused as one that does not exist.
[[nodiscard]] engine::Outcome<Response> end(Exchange& exchange);
/// 204; all but the one that asks.
[[nodiscard]] engine::Outcome<Response> end_others(Exchange& exchange);

} // namespace banjie::api::sessions
