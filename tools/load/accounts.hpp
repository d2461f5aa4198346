#pragma once
// Whom the load acts for: the demonstration's accounts, and one for the unit that handles.

#include "api/command_line/client.hpp"

#include <map>
#include <optional>
#include <string>

namespace banjie::load {

/// Tokens by account, signed in with that password; "load-unit" is made where it is absent.
/// nullopt: a refusal, which is printed.
[[nodiscard]] std::optional<std::map<std::string, std::string>>
sign_in_for_load(api::command_line::Client& client, std::string const& password);

} // namespace banjie::load
