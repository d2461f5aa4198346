#pragma once
// Refusals that accounts and their sessions share.

#include "engine/outcome.hpp"

#include <string_view>
#include <vector>

namespace banjie::engine {

/// Returns the refusal after too many wrong passwords. Passwords are not checked for that time.
[[nodiscard]] Refusal too_many_attempts(int wait_s);
[[nodiscard]] Refusal unknown_user(std::string_view name);
/// Returns the refusal of an account that belongs to another administrator's region.
[[nodiscard]] Refusal not_of_your_region();
/// Returns the refusal of a department's administrator who grants roles that oversee the whole
/// region.
[[nodiscard]] Refusal role_beyond_department();
/// Returns the refusal of a first password, which another person knows.
[[nodiscard]] Refusal password_must_change();
/// Returns a refusal with these errors, of which there must be at least one.
[[nodiscard]] Refusal invalid_user(std::vector<FieldError> errors);

} // namespace banjie::engine
