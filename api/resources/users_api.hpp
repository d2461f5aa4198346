#pragma once
// Accounts, for the administrators of their organisation.

#include "api/request/exchange.hpp"

namespace banjie::api::users {

inline constexpr std::string_view role_choices[] = {
    "reporter", "coordinator", "screener",      "handler",
    "visitor",  "supervisor",  "administrator", "security_administrator",
    "auditor"};
inline constexpr std::string_view owed_choices[] = {"nothing", "own_password", "new_password",
                                                    "second_factor"};
inline constexpr engine::FieldSpec create_form[] = {
    {.name = "name", .required = true, .maximum = 32},
    {.name = "display_name", .required = true, .maximum = 100},
    {.name = "organisation", .kind = engine::FieldKind::unit, .required = true},
    {.name = "roles", .kind = engine::FieldKind::texts, .required = true},
    {.name = "password", .required = true, .maximum = 256},
    {.name = "active", .kind = engine::FieldKind::boolean},
};
inline constexpr engine::FieldSpec change_form[] = {
    {.name = "display_name", .maximum = 100},
    {.name = "organisation", .kind = engine::FieldKind::unit},
    {.name = "roles", .kind = engine::FieldKind::texts},
    {.name = "password", .maximum = 256},
    {.name = "active", .kind = engine::FieldKind::boolean},
};
inline constexpr QueryParameter list_query[] = {
    {"below",
     "Code of a region or organisation; users of it and below it. Default: the own organisation"},
    {"q", "Part of a name or of a display name"},
    {"limit", "At most so many, 1 to 200; default 50"},
    {"cursor", "next_cursor of the page before"},
};

/// Parses names of roles. Refuses with `invalid` a role that no account can hold.
[[nodiscard]] engine::Outcome<engine::Roles> roles_of(engine::Texts const& names);
[[nodiscard]] nlohmann::json role_names(engine::Roles roles);
[[nodiscard]] nlohmann::json user_json(engine::User const& user, engine::Office const& office);

/// Refuses to create an account with roles of administrators where such roles wait for a second
/// person, since the password would have to wait too. `change_sensitivity` marks changes that grant
/// or remove such roles as sensitive.
[[nodiscard]] engine::Outcome<std::optional<Sensitive>> creation_sensitivity(Exchange& exchange);
[[nodiscard]] engine::Outcome<std::optional<Sensitive>> change_sensitivity(Exchange& exchange);

[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> create(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> change(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> end_sessions(Exchange& exchange);
/// Removes another user's second factor, after the loss of device and recovery codes. Returns 204.
[[nodiscard]] engine::Outcome<Response> reset_second_factor(Exchange& exchange);

} // namespace banjie::api::users
