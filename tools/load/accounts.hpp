#pragma once
// Accounts of the load: the demonstration's, and one for the unit that handles.

#include "api/command_line/client.hpp"

#include <map>
#include <optional>
#include <string>

namespace banjie::load {

/// Signs in with that password. Returns the tokens by account. Creates "load-unit" if it is absent.
/// Prints a refusal and returns nullopt.
[[nodiscard]] std::optional<std::map<std::string, std::string>>
sign_in_for_load(api::command_line::Client& client, std::string const& password);

} // namespace banjie::load
