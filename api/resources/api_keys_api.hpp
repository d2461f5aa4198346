#pragma once
// Keys of other platforms, for administrators of the organisation that they stand for. Sent like a
// session's token: "Authorization: Bearer bjk_…".

#include "api/request/exchange.hpp"

namespace banjie::api::api_keys {

inline constexpr engine::FieldSpec make_form[] = {
    {.name = "name", .required = true, .maximum = 60},
    {.name = "organisation", .kind = engine::FieldKind::unit, .required = true},
    {.name = "roles", .kind = engine::FieldKind::texts, .required = true},
    {.name = "expires_at", .kind = engine::FieldKind::time, .required = true},
    {.name = "read_only", .kind = engine::FieldKind::boolean},
    {.name = "workflows", .kind = engine::FieldKind::texts},
    {.name = "commands", .kind = engine::FieldKind::texts},
    {.name = "addresses", .kind = engine::FieldKind::texts},
};

/// Every key, where its organisation is.
[[nodiscard]] engine::Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange);
/// {"items":[…]}, newest first, of the organisations that the actor administers.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// 201 with `secret`, which nobody can read again.
[[nodiscard]] engine::Outcome<Response> make(Exchange& exchange);
/// 200; the actor answers for the key in its maker's place.
[[nodiscard]] engine::Outcome<Response> take_over(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> revoke(Exchange& exchange);

} // namespace banjie::api::api_keys
