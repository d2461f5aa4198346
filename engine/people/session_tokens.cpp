#include "engine/people/session_tokens.hpp"

#include <sodium.h>

#include <array>

namespace banjie::engine {

namespace {

using Bytes = std::array<std::uint8_t, 32>;

std::string base64url_of(Bytes const& bytes) {
    constexpr auto form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), form), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), form);
    text.pop_back(); // the terminating zero
    return text;
}

std::uint8_t const* bytes_of(std::string_view text) {
    return reinterpret_cast<std::uint8_t const*>(text.data());
}

} // namespace

std::string make_token(Random& random) {
    Bytes bytes{};
    random.fill(bytes);
    auto token = base64url_of(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return token;
}

std::string session_id_of(std::string_view token) {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_of(token), token.size(), nullptr, 0);
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

std::string csrf_token_of(std::string_view token) {
    constexpr std::string_view purpose = "banjie csrf";
    auto const key = token.substr(0, crypto_generichash_KEYBYTES_MAX);
    Bytes hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_of(purpose), purpose.size(), bytes_of(key),
                       key.size());
    return base64url_of(hash);
}

bool is_csrf_token_of(std::string_view token, std::string_view csrf_token) {
    auto const right = csrf_token_of(token);
    return csrf_token.size() == right.size() &&
           sodium_memcmp(csrf_token.data(), right.data(), right.size()) == 0;
}

} // namespace banjie::engine
