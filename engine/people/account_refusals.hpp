#pragma once
// What accounts and their sessions refuse alike.

#include "engine/outcome.hpp"

#include <string_view>
#include <vector>

namespace banjie::engine {

/// The password has been wrong so often that it is not looked at for that long.
[[nodiscard]] Refusal too_many_attempts(int wait_s);
[[nodiscard]] Refusal unknown_user(std::string_view name);
/// The account belongs to another administrator's region.
[[nodiscard]] Refusal not_of_your_region();
/// The roles oversee the whole region, and the administrator is a department's.
[[nodiscard]] Refusal role_beyond_department();
/// The password is a first one, that somebody else knows.
[[nodiscard]] Refusal password_must_change();
/// At least one error.
[[nodiscard]] Refusal invalid_user(std::vector<FieldError> errors);

} // namespace banjie::engine
