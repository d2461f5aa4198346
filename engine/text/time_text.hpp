#pragma once
// Times as text: RFC 3339, with the offset +08:00 when written.

#include "engine/outcome.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns "2026-11-24T09:30:00.000+08:00".
[[nodiscard]] std::string time_text(Time time);
inline constexpr std::size_t time_bytes = 29;
/// Writes exactly time_bytes bytes. Returns one past the last.
char* write_time(char* place, Time time);
/// Reads a time with any offset. Returns nullopt if the text is not a valid time.
[[nodiscard]] std::optional<Time> time_of(std::string_view rfc3339);

} // namespace banjie::engine
