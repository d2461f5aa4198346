#pragma once
// Keys that sign: Ed25519 (RFC 8032) by OpenSSL, in PEM files as `openssl pkey` writes them.

#include "storage/chained_store.hpp"

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st; // OpenSSL's EVP_PKEY

namespace banjie::engine {

class PublicKey {
public:
    /// Reads the file. Refuses any other kind of key.
    [[nodiscard]] static storage::Result<PublicKey> read(std::string const& path);

    /// Returns the first 16 hexadecimal digits of the SHA-256 of the key's 32 bytes.
    [[nodiscard]] std::string const& id() const { return id_; }
    [[nodiscard]] bool verifies(std::string_view bytes, std::string_view signature) const;
    [[nodiscard]] std::string pem() const;

private:
    friend class SigningKey;
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key);
    std::shared_ptr<evp_pkey_st> key_;
    std::string id_;
};

class SigningKey {
public:
    /// Makes a new key from OpenSSL's random numbers.
    [[nodiscard]] static SigningKey make();
    /// Reads the file. Refuses any other kind of key, one with a passphrase, and a file that
    /// everybody may read.
    [[nodiscard]] static storage::Result<SigningKey> read(std::string const& path);
    /// Writes the key to a new file that its owner alone may read. Refuses a path that is taken.
    [[nodiscard]] storage::Result<void> write(std::string const& path) const;

    /// Returns the signature: 64 bytes. Thread-safe.
    [[nodiscard]] std::string sign(std::string_view bytes) const;
    [[nodiscard]] PublicKey public_key() const { return PublicKey(key_); }

private:
    explicit SigningKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

} // namespace banjie::engine
