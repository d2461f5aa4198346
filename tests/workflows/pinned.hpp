#pragma once
// Generated texts that must change only on purpose.

#include <string>
#include <string_view>

namespace banjie::workflows::testing {

/// Fails, and prints the lines that differ, unless the file below tests/workflows/ has exactly
/// `text`. With BANJIE_PIN=1 in the environment it writes the file instead.
void check_pinned(std::string_view path, std::string const& text);

} // namespace banjie::workflows::testing
