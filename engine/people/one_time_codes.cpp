#include "engine/people/one_time_codes.hpp"

#include "engine/invariant.hpp"
#include "engine/limits.hpp"
#include "engine/text/characters.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <liboath/oath.h>

namespace banjie::engine {

namespace {

constexpr std::size_t secret_bytes = 20; // RFC 4226 §4: 160 bits
constexpr unsigned digits = 6;
constexpr unsigned step_s = 30;
// 32 characters, chosen so that none is mistaken for another.
constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::size_t letters_per_code = 16, letters_per_group = 4;

/// Initialises liboath, once per process.
void begin_oath() {
    static bool const begun = oath_init() == OATH_OK;
    if (!begun) broken("liboath cannot begin");
}

} // namespace

std::string make_shared_secret(Random& random) {
    std::array<std::uint8_t, secret_bytes> bytes{};
    random.fill(bytes);
    std::string secret(bytes.begin(), bytes.end());
    sodium_memzero(bytes.data(), bytes.size());
    return secret;
}

std::string base32_of(std::string_view secret) {
    char* text = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(secret.data(), secret.size(), &text, &size) != OATH_OK)
        broken("a shared secret cannot be written");
    std::string base32(text, size);
    std::free(text);
    return base32;
}

std::optional<std::string> secret_of(std::string_view base32) {
    char* bytes = nullptr;
    std::size_t size = 0;
    if (oath_base32_decode(base32.data(), base32.size(), &bytes, &size) != OATH_OK)
        return std::nullopt;
    std::string secret(bytes, size);
    std::free(bytes);
    return secret;
}

std::string enrolment_uri(std::string_view name, std::string_view secret) {
    // A name contains no character that needs escaping.
    return "otpauth://totp/Banjie:" + std::string(name) + "?secret=" + base32_of(secret) +
           "&issuer=Banjie";
}

std::uint64_t step_at(Time now) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0)) / step_s;
}

std::string code_at(std::string_view secret, std::uint64_t step) {
    begin_oath();
    std::array<char, digits + 1> text{};
    if (oath_hotp_generate(secret.data(), secret.size(), step, digits, false,
                           OATH_HOTP_DYNAMIC_TRUNCATION, text.data()) != OATH_OK)
        broken("a code cannot be computed");
    return {text.data(), digits};
}

std::optional<std::uint64_t> step_of(std::string_view secret, std::string_view code, Time now,
                                     std::uint64_t after) {
    if (code.size() != digits) return std::nullopt;
    auto const present = step_at(now);
    std::optional<std::uint64_t> found;
    for (auto const step : {present + 1, present, present - 1}) {
        auto const right = code_at(secret, step);
        if (sodium_memcmp(right.data(), code.data(), digits) == 0 && step > after) found = step;
    }
    return found;
}

std::vector<std::string> make_recovery_codes(Random& random) {
    std::vector<std::string> codes;
    for (std::size_t place = 0; place < limits::recovery_codes; ++place) {
        std::array<std::uint8_t, letters_per_code> drawn{};
        random.fill(drawn);
        std::string code;
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            if (i > 0 && i % letters_per_group == 0) code += '-';
            code += letters[i == 0 ? place : drawn[i] % letters.size()];
        }
        codes.push_back(std::move(code));
    }
    return codes;
}

std::optional<RecoveryCode> recovery_code_of(std::string_view typed) {
    std::string text;
    for (char const letter : typed) {
        if (letter == '-' || letter == ' ') continue;
        text += small_letter(letter);
    }
    if (text.size() != letters_per_code) return std::nullopt;
    auto const place = letters.find(text.front());
    if (place >= limits::recovery_codes) return std::nullopt;
    return RecoveryCode{place, std::move(text)};
}

} // namespace banjie::engine
