#include "engine/audit/signing_key.hpp"

#include "engine/invariant.hpp"
#include "engine/text/digest.hpp"
#include "storage/durable_files.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace banjie::engine {

using storage::Failure;
using storage::Fault;
using storage::Result;

namespace {

constexpr std::size_t id_digits = 16;
constexpr std::size_t key_bytes = 32;
constexpr std::size_t signature_bytes = 64;

using Key = std::shared_ptr<EVP_PKEY>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

Key owned(EVP_PKEY* key) {
    return {key, EVP_PKEY_free};
}

Failure no_key(std::string const& path, char const* kind) {
    return {Fault::unreadable, "'" + path + "' is not " + std::string(kind) + " of Ed25519 (PEM)"};
}

/// Without it, OpenSSL would ask at the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

template <class Read>
Key read_pem(std::string const& text, Read read) {
    Memory const memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
    auto key = owned(read(memory.get(), nullptr, no_passphrase, nullptr));
    return key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519 ? key : nullptr;
}

std::string text_of(BIO* memory) {
    char* begin = nullptr;
    auto const size = BIO_get_mem_data(memory, &begin);
    return {begin, static_cast<std::size_t>(size)};
}

} // namespace

PublicKey::PublicKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {
    std::array<unsigned char, key_bytes> raw{};
    std::size_t size = raw.size();
    if (EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &size) != 1 || size != raw.size())
        broken("a key of Ed25519 has no public part");
    id_ = sha256_text({reinterpret_cast<char const*>(raw.data()), raw.size()}).substr(0, id_digits);
}

Result<PublicKey> PublicKey::read(std::string const& path) {
    auto const text = storage::read_whole(path);
    if (!text) return text.error();
    auto key = read_pem(*text, PEM_read_bio_PUBKEY);
    if (!key) return no_key(path, "a public key");
    return PublicKey(std::move(key));
}

bool PublicKey::verifies(std::string_view bytes, std::string_view signature) const {
    Context const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(bytes),
                            bytes.size()) == 1;
}

std::string PublicKey::pem() const {
    Memory const memory(BIO_new(BIO_s_mem()), BIO_free);
    if (PEM_write_bio_PUBKEY(memory.get(), key_.get()) != 1) broken("a key cannot be written");
    return text_of(memory.get());
}

SigningKey SigningKey::make() {
    auto key = owned(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key) broken("OpenSSL makes no key of Ed25519");
    return SigningKey(std::move(key));
}

Result<SigningKey> SigningKey::read(std::string const& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return storage::file_failure("open", path);
    if ((found.st_mode & S_IROTH) != 0)
        return Failure{Fault::unreadable, "everybody can read the private key '" + path + "'"};
    auto const text = storage::read_whole(path);
    if (!text) return text.error();
    auto key = read_pem(*text, PEM_read_bio_PrivateKey);
    if (!key) return no_key(path, "a private key");
    return SigningKey(std::move(key));
}

Result<void> SigningKey::write(std::string const& path) const {
    Memory const memory(BIO_new(BIO_s_secmem()), BIO_free);
    if (PEM_write_bio_PKCS8PrivateKey(memory.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) != 1)
        broken("a key cannot be written");
    storage::Descriptor const file(path, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.is_open() || ::fchmod(file.number(), S_IRUSR | S_IWUSR) != 0)
        return storage::file_failure("make", path);
    return storage::write_synced(path, text_of(memory.get()));
}

std::string SigningKey::sign(std::string_view bytes) const {
    Context const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::string signature(signature_bytes, '\0');
    std::size_t size = signature.size();
    bool const is_signed =
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       bytes_of(bytes), bytes.size()) == 1;
    if (!is_signed || size != signature_bytes) broken("Ed25519 signs nothing");
    return signature;
}

} // namespace banjie::engine
