#pragma once

#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns the SHA-256 as 64 hexadecimal digits.
[[nodiscard]] std::string sha256_text(std::string_view bytes);

} // namespace banjie::engine
