#include "api/transport/tls.hpp"

#include "api/request/refusal_codes.hpp"
#include "engine/invariant.hpp"

#include <spdlog/spdlog.h>

#include <ctime>
#include <sys/stat.h>

namespace banjie::api {

namespace ssl = boost::asio::ssl;

namespace {

engine::Refusal refused(std::string what, std::string const& file, std::string why) {
    return {.code = "bad_certificate"_code,
            .detail = "Cannot read " + what + " from '" + file + "': " + std::move(why) + ".",
            .help = "Give PEM files that this process may read: the chain, the server's own "
                    "certificate first, and its key without a passphrase."};
}

/// HTTP/1.1 where the client names it; else no answer, which clients take for HTTP/1.1 too.
int choose_protocol(SSL*, unsigned char const** chosen, unsigned char* length,
                    unsigned char const* offered, unsigned offered_length, void*) {
    static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* found = nullptr;
    if (SSL_select_next_proto(&found, length, ours, sizeof ours, offered, offered_length) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

void warn_of_open_key(std::string const& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) == 0 && (found.st_mode & S_IRWXO) != 0)
        spdlog::warn("Everybody on this machine can read or change the key in '{}'", file);
}

} // namespace

engine::Outcome<std::shared_ptr<ssl::context>> load_tls(std::string const& certificate_file,
                                                        std::string const& key_file) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                         ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                         ssl::context::no_tlsv1_1 | ssl::context::single_dh_use);
    auto* const native = context->native_handle();
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // Of TLS 1.2 only what keeps past traffic secret and is authenticated; 1.3 has nothing else.
    if (SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1)
        engine::broken("OpenSSL knows no cipher with forward secrecy");
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    boost::system::error_code error;
    // Without this an encrypted key would ask on the terminal.
    context->set_password_callback([](auto, auto) { return std::string(); }, error);
    context->use_certificate_chain_file(certificate_file, error);
    if (error) return refused("the certificate", certificate_file, error.message());
    context->use_private_key_file(key_file, ssl::context::pem, error);
    if (error) return refused("the certificate's key", key_file, error.message());
    warn_of_open_key(key_file);
    return context;
}

engine::Time end_of_certificate(ssl::context& context) {
    auto const* const certificate = SSL_CTX_get0_certificate(context.native_handle());
    std::tm parts{};
    if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1)
        engine::broken("a loaded certificate has no end");
    return engine::Time(std::chrono::seconds(timegm(&parts)));
}

} // namespace banjie::api
