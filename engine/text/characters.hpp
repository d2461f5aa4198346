#pragma once
// Counting and checking what people typed.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// The number of Unicode characters; nullopt when the bytes are not valid UTF-8 or hold a control
/// character.
[[nodiscard]] std::optional<std::size_t> characters_of(std::string_view text);

/// ASCII letters made small.
[[nodiscard]] constexpr char small_letter(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}
[[nodiscard]] std::string in_small_letters(std::string_view text);

} // namespace banjie::engine
