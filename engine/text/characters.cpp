#include "engine/text/characters.hpp"

#include <cstdint>

namespace banjie::engine {

namespace {

/// Returns the number of bytes that follow this first byte, or nullopt if no character begins with
/// it.
std::optional<std::size_t> following(std::uint8_t first) {
    if (first < 0x20 || first == 0x7F) return std::nullopt;
    if (first < 0x80) return 0;
    if (first >= 0xC2 && first < 0xE0) return 1;
    if (first >= 0xE0 && first < 0xF0) return 2;
    if (first >= 0xF0 && first < 0xF5) return 3;
    return std::nullopt;
}

/// Returns whether the second byte is valid. It excludes overlong forms, surrogates and code points
/// beyond U+10FFFF.
bool is_second(std::uint8_t first, std::uint8_t second) {
    if (first == 0xE0) return second >= 0xA0;
    if (first == 0xED) return second < 0xA0;
    if (first == 0xF0) return second >= 0x90;
    if (first == 0xF4) return second < 0x90;
    return true;
}

} // namespace

std::optional<std::size_t> characters_of(std::string_view text) {
    auto const byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        auto const first = byte(at);
        auto const rest = following(first);
        if (!rest || at + *rest >= text.size()) return std::nullopt;
        for (std::size_t next = 1; next <= *rest; ++next)
            if ((byte(at + next) & 0xC0U) != 0x80) return std::nullopt;
        if (*rest > 0 && !is_second(first, byte(at + 1))) return std::nullopt;
        at += *rest + 1;
    }
    return count;
}

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    for (char& letter : small) letter = small_letter(letter);
    return small;
}

} // namespace banjie::engine
