#pragma once
// Counting and checking of typed text.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns the number of Unicode characters. Returns nullopt if the bytes are not valid UTF-8 or
/// contain a control character.
[[nodiscard]] std::optional<std::size_t> characters_of(std::string_view text);

/// Returns an ASCII letter in lower case, and any other character as it is.
[[nodiscard]] constexpr char small_letter(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}
[[nodiscard]] std::string in_small_letters(std::string_view text);

} // namespace banjie::engine
