#pragma once
// The opaque tokens that resume a history or the stream of events: "<kind>1.<number, hexadecimal>".
// Callers hand them back as they are; the 1 is the version of the layout.

#include "engine/outcome.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace banjie::api {

[[nodiscard]] std::string cursor_of(char kind, std::uint64_t number);

/// 0 for an empty token (from the beginning); `malformed`, code "bad_cursor", for a foreign one.
[[nodiscard]] engine::Outcome<std::uint64_t> number_of_cursor(char kind, std::string_view token);

} // namespace banjie::api
