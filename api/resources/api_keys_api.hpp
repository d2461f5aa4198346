#pragma once
// Keys of other platforms, for administrators of the organisation to which they belong. Sent like a
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

/// Marks every change of a key as sensitive; the place is the key's organisation.
[[nodiscard]] engine::Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange);
/// Returns {"items":[…]}, newest first, for the organisations that the actor administers.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Returns 201 with `secret`, which can never be read again.
[[nodiscard]] engine::Outcome<Response> make(Exchange& exchange);
/// Makes the actor responsible for the key in place of its maker. Returns 200.
[[nodiscard]] engine::Outcome<Response> take_over(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> revoke(Exchange& exchange);

} // namespace banjie::api::api_keys
