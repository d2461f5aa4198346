#pragma once
// The security policy of the installation, for administrators of the province's government.

#include "api/request/exchange.hpp"

namespace banjie::api::security {

inline constexpr engine::FieldSpec change_form[] = {
    {.name = "second_factor_roles", .kind = engine::FieldKind::texts},
    {.name = "password_days", .kind = engine::FieldKind::integer},
    {.name = "password_characters", .kind = engine::FieldKind::integer},
    {.name = "password_kinds", .kind = engine::FieldKind::integer},
    {.name = "first_password_changes", .kind = engine::FieldKind::boolean},
    {.name = "idle_minutes", .kind = engine::FieldKind::integer},
    {.name = "administrator_idle_minutes", .kind = engine::FieldKind::integer},
    {.name = "administrator_addresses", .kind = engine::FieldKind::texts},
    {.name = "key_addresses", .kind = engine::FieldKind::texts},
    {.name = "separation", .kind = engine::FieldKind::boolean},
    {.name = "second_person", .kind = engine::FieldKind::texts},
};

/// Marks every change of the policy as sensitive.
[[nodiscard]] engine::Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange);
/// Returns the policy in force, with its version as the ETag.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
/// Changes the members that the body names; the others stay as they are.
[[nodiscard]] engine::Outcome<Response> change(Exchange& exchange);

} // namespace banjie::api::security
