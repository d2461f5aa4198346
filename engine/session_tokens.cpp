#include "engine/session_tokens.hpp"

#include <sodium.h>

#include <array>

namespace banjie::engine {

std::string make_token(Random& random) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    constexpr auto form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string token(sodium_base64_ENCODED_LEN(bytes.size(), form), '\0');
    sodium_bin2base64(token.data(), token.size(), bytes.data(), bytes.size(), form);
    token.pop_back(); // the terminating zero
    sodium_memzero(bytes.data(), bytes.size());
    return token;
}

std::string session_id_of(std::string_view token) {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<std::uint8_t const*>(token.data()), token.size(), nullptr,
                       0);
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

} // namespace banjie::engine
