#include "engine/personal/sealing.hpp"

#include "engine/invariant.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>

namespace banjie::engine {

namespace {

constexpr char format = 1;
constexpr std::size_t nonce_bytes = 12, tag_bytes = 16, head_bytes = 1 + nonce_bytes + tag_bytes;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

/// Returns the cipher with key and nonce, given the place to authenticate.
Cipher begin(storage::Key const& key, SealedPlace place, std::string_view nonce, bool seals) {
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    std::string beside(place.instance);
    beside.append(1, '\0').append(place.field);
    int size = 0;
    bool const begun =
        cipher &&
        EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes_of(nonce),
                          seals ? 1 : 0) == 1 &&
        EVP_CipherUpdate(cipher.get(), nullptr, &size, bytes_of(std::string_view(beside)),
                         static_cast<int>(beside.size())) == 1;
    if (!begun) broken("the cipher of personal values cannot be used");
    return cipher;
}

} // namespace

std::string seal(storage::Key const& key, SealedPlace place, std::string_view text,
                 Random& random) {
    std::string sealed(head_bytes + text.size(), format);
    random.fill({bytes_of(sealed) + 1, nonce_bytes});
    auto const cipher = begin(key, place, std::string_view(sealed).substr(1, nonce_bytes), true);
    int size = 0;
    auto* const body = bytes_of(sealed) + head_bytes;
    bool const done = EVP_CipherUpdate(cipher.get(), body, &size, bytes_of(text),
                                       static_cast<int>(text.size())) == 1 &&
                      EVP_CipherFinal_ex(cipher.get(), body + size, &size) == 1 &&
                      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes,
                                          bytes_of(sealed) + 1 + nonce_bytes) == 1;
    if (!done) broken("a personal value cannot be sealed");
    return sealed;
}

std::optional<std::string> unseal(storage::Key const& key, SealedPlace place,
                                  std::string_view sealed) {
    if (sealed.size() < head_bytes || sealed[0] != format) return std::nullopt;
    auto const cipher = begin(key, place, sealed.substr(1, nonce_bytes), false);
    std::string tag(sealed.substr(1 + nonce_bytes, tag_bytes));
    auto const body = sealed.substr(head_bytes);
    std::string text(body.size(), '\0');
    int size = 0;
    bool const done =
        EVP_CipherUpdate(cipher.get(), bytes_of(text), &size, bytes_of(body),
                         static_cast<int>(body.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
        EVP_CipherFinal_ex(cipher.get(), bytes_of(text) + size, &size) == 1;
    return done ? std::optional(std::move(text)) : std::nullopt;
}

} // namespace banjie::engine
