#pragma once
// Input of a password.

#include <string>

namespace banjie::api::command_line {

/// Returns the password from BANJIE_PASSWORD, else typed without echo, else from a line of the
/// standard input.
[[nodiscard]] std::string ask_password(std::string const& prompt);

} // namespace banjie::api::command_line
