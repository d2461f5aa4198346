#include "api/request/cursor.hpp"

#include "api/request/refusal_codes.hpp"

#include <array>
#include <charconv>

namespace banjie::api {

std::string cursor_of(char kind, std::uint64_t number) {
    std::array<char, 16> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    return std::string(1, kind) + "1." + std::string(digits.data(), end);
}

engine::Outcome<std::uint64_t> number_of_cursor(char kind, std::string_view token) {
    if (token.empty()) return 0U;
    std::uint64_t number = 0;
    std::string_view const prefix = token.substr(0, 3);
    std::string_view const digits = token.substr(prefix.size());
    auto const [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    bool const read = error == std::errc{} && end == digits.data() + digits.size();
    if (prefix == std::string{kind, '1', '.'} && read) return number;
    return engine::Refusal{.code = "bad_cursor"_code,
                           .detail = "The cursor is not one that this server gave out.",
                           .help = "Start again without a cursor."};
}

} // namespace banjie::api
