#include "engine/text/digest.hpp"

#include <sodium.h>

#include <array>

namespace banjie::engine {

std::string sha256_text(std::string_view bytes) {
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<std::uint8_t const*>(bytes.data()),
                       bytes.size());
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

} // namespace banjie::engine
