#include "engine/text/digest.hpp"

#include "engine/invariant.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <array>

namespace banjie::engine {

namespace {

void require(bool is_done) {
    if (!is_done) broken("SHA-256 cannot be computed");
}

} // namespace

// OpenSSL's takes an eighth of the time of libsodium's, and every file is hashed on each read.
struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                    EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    require(state_->context &&
            EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256::text() {
    std::array<std::uint8_t, 32> hash{};
    unsigned size = 0;
    require(EVP_DigestFinal_ex(state_->context.get(), hash.data(), &size) == 1 &&
            size == hash.size());
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

std::string sha256_text(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.text();
}

} // namespace banjie::engine
