#pragma once
// Opaque tokens that resume a history or the stream of events: "<kind>1.<number, hexadecimal>".
// Callers send them back unchanged; the 1 is the version of the layout.

#include "engine/outcome.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace banjie::api {

[[nodiscard]] std::string cursor_of(char kind, std::uint64_t number);

/// Returns the number in the token, or 0 (the beginning) for an empty token. Refuses a foreign
/// token with `malformed`, code "bad_cursor".
[[nodiscard]] engine::Outcome<std::uint64_t> number_of_cursor(char kind, std::string_view token);

} // namespace banjie::api
