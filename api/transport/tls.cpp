#include "api/transport/tls.hpp"

#include "engine/invariant.hpp"

namespace banjie::api {

namespace ssl = boost::asio::ssl;

namespace {

engine::Refusal refused(std::string what, std::string const& file, std::string why) {
    return {.kind = engine::RefusalKind::unavailable,
            .code = "bad_certificate",
            .detail = "Expected " + what + " in '" + file + "', but " + std::move(why) + ".",
            .help = "Give PEM files that this process may read: the chain, the server's own "
                    "certificate first, and its key without a passphrase."};
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
    boost::system::error_code error;
    // Without this an encrypted key would ask on the terminal.
    context->set_password_callback([](auto, auto) { return std::string(); }, error);
    context->use_certificate_chain_file(certificate_file, error);
    if (error) return refused("a certificate", certificate_file, error.message());
    context->use_private_key_file(key_file, ssl::context::pem, error);
    if (error) return refused("the certificate's key", key_file, error.message());
    return context;
}

} // namespace banjie::api
