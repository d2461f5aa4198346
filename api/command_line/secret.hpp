#pragma once
// Asking for a password.

#include <string>

namespace banjie::api::command_line {

/// From BANJIE_PASSWORD, else typed without echo, else a line of the standard input.
[[nodiscard]] std::string ask_password(std::string const& prompt);

} // namespace banjie::api::command_line
