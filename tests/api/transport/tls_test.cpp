#include "api/transport/server.hpp"
#include "api/transport/tls.hpp"
#include "tests/api/transport/client.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace banjie;
using namespace banjie::api;
namespace ssl = boost::asio::ssl;

namespace {

/// A folder with a self-signed certificate and its key.
struct Certificate {
    explicit Certificate(long valid_s = 3'600) {
        char pattern[] = "/tmp/banjie_tls_XXXXXX";
        REQUIRE(mkdtemp(pattern) != nullptr);
        folder = pattern;
        EVP_PKEY* const key = EVP_EC_gen("P-256");
        X509* const own = X509_new();
        ASN1_INTEGER_set(X509_get_serialNumber(own), 1);
        X509_gmtime_adj(X509_getm_notBefore(own), 0);
        X509_gmtime_adj(X509_getm_notAfter(own), valid_s);
        X509_set_pubkey(own, key);
        auto const* const name = reinterpret_cast<unsigned char const*>("localhost");
        X509_NAME_add_entry_by_txt(X509_get_subject_name(own), "CN", MBSTRING_ASC, name, -1, -1, 0);
        X509_set_issuer_name(own, X509_get_subject_name(own));
        REQUIRE(X509_sign(own, key, EVP_sha256()) > 0);
        std::FILE* file = std::fopen(certificate().c_str(), "w");
        PEM_write_X509(file, own);
        std::fclose(file);
        file = std::fopen(this->key().c_str(), "w");
        PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
        X509_free(own);
        EVP_PKEY_free(key);
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
    Certificate(Certificate const&) = delete;
    Certificate& operator=(Certificate const&) = delete;

    [[nodiscard]] std::string certificate() const { return folder + "/certificate.pem"; }
    [[nodiscard]] std::string key() const { return folder + "/key.pem"; }
    std::string folder;
};

ServerOptions secure(Certificate const& certificate) {
    ServerOptions options;
    options.port = 0;
    options.threads = 1;
    options.tick = std::chrono::milliseconds(5);
    options.tls_certificate = certificate.certificate();
    options.tls_key = certificate.key();
    return options;
}

} // namespace

TEST_CASE("requests are answered over TLS 1.2 and 1.3, not over older versions or in plain text") {
    Certificate const certificate;
    Server server(secure(certificate), [](Request request, Respond respond) {
        respond({.body = (request.secure ? "secure " : "plain ") + request.body, .headers = {}});
    });
    REQUIRE(server.start().has_value());
    auto const shake_hands = [&](int version, char const* ciphers = "ALL") {
        boost::asio::io_context context;
        ssl::context client(ssl::context::tls_client);
        client.load_verify_file(certificate.certificate());
        client.set_verify_mode(ssl::verify_peer);
        SSL_CTX_set_min_proto_version(client.native_handle(), version);
        SSL_CTX_set_max_proto_version(client.native_handle(), version);
        SSL_CTX_set_security_level(client.native_handle(), 0);
        REQUIRE(SSL_CTX_set_cipher_list(client.native_handle(), ciphers) == 1);
        ssl::stream<boost::asio::ip::tcp::socket> stream(context, client);
        stream.next_layer().connect({boost::asio::ip::make_address("127.0.0.1"), server.port()});
        if (wait_for(context,
                     [&](auto done) { stream.async_handshake(ssl::stream_base::client, done); }))
            return std::string("no handshake");
        std::string const request =
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";
        (void)wait_for(context, [&](auto done) {
            boost::asio::async_write(stream, boost::asio::buffer(request), done);
        });
        std::string received;
        auto const error = wait_for(context, [&](auto done) {
            boost::asio::async_read(stream, boost::asio::dynamic_buffer(received), done);
        });
        CHECK(error == boost::asio::error::eof); // said goodbye properly, not cut off
        CHECK(received.find("Strict-Transport-Security: max-age=31536000") != std::string::npos);
        return received.substr(received.find("\r\n\r\n") + 4);
    };
    CHECK(shake_hands(TLS1_3_VERSION) == "secure hi");
    CHECK(shake_hands(TLS1_2_VERSION) == "secure hi");
    CHECK(shake_hands(TLS1_1_VERSION) == "no handshake");
    // Without forward secrecy, or without authentication of what is encrypted.
    for (auto const* weak : {"AES128-GCM-SHA256", "AES256-SHA", "ECDHE-RSA-AES128-SHA",
                             "ECDHE-RSA-AES256-SHA384", "DHE-RSA-AES128-GCM-SHA256"})
        CHECK(shake_hands(TLS1_2_VERSION, weak) == "no handshake");
    Client plain(server.port());
    CHECK(plain.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 0);
    CHECK(eventually([&] { return server.connections() == 0; }));
}

TEST_CASE("a renewed certificate is used by the connections to come, without a restart") {
    Certificate const certificate, renewed(90L * 86'400);
    Server server(secure(certificate), [](Request, Respond respond) { respond({}); });
    REQUIRE(server.start().has_value());
    auto const trusts = [&](Certificate const& trusted) {
        boost::asio::io_context context;
        ssl::context client(ssl::context::tls_client);
        client.load_verify_file(trusted.certificate());
        client.set_verify_mode(ssl::verify_peer);
        static constexpr unsigned char protocols[] = "\x2h2\x8http/1.1";
        SSL_CTX_set_alpn_protos(client.native_handle(), protocols, sizeof protocols - 1);
        ssl::stream<boost::asio::ip::tcp::socket> stream(context, client);
        stream.next_layer().connect({boost::asio::ip::make_address("127.0.0.1"), server.port()});
        if (wait_for(context,
                     [&](auto done) { stream.async_handshake(ssl::stream_base::client, done); }))
            return false;
        unsigned char const* chosen = nullptr;
        unsigned length = 0;
        SSL_get0_alpn_selected(stream.native_handle(), &chosen, &length);
        CHECK(std::string(reinterpret_cast<char const*>(chosen), length) == "http/1.1");
        return true;
    };
    CHECK(trusts(certificate));
    auto const ends = server.certificate_ends();
    REQUIRE(ends.has_value());
    CHECK(*ends < std::chrono::system_clock::now() + std::chrono::hours(2));
    std::ofstream(certificate.key()) << "cut off while it is written";
    CHECK(server.reload_certificate().error().code == "bad_certificate");
    CHECK(trusts(certificate));
    CHECK(server.certificate_ends() == ends);
    for (auto const* file : {"/certificate.pem", "/key.pem"})
        std::filesystem::copy_file(renewed.folder + file, certificate.folder + file,
                                   std::filesystem::copy_options::overwrite_existing);
    CHECK(server.reload_certificate().has_value());
    CHECK(eventually([&] { return trusts(renewed); }));
    CHECK(*server.certificate_ends() > std::chrono::system_clock::now() + std::chrono::days(89));
}

TEST_CASE("a server with missing, foreign or broken certificate files does not start") {
    Certificate const certificate, other;
    auto const refusal = [](std::string const& chain, std::string const& key) {
        auto const loaded = load_tls(chain, key);
        REQUIRE(!loaded);
        CHECK(loaded.error().code == "bad_certificate");
        return loaded.error().detail;
    };
    CHECK(load_tls(certificate.certificate(), certificate.key()).has_value());
    CHECK(refusal("/nowhere.pem", certificate.key()).find("/nowhere.pem") != std::string::npos);
    CHECK(refusal(certificate.certificate(), "").starts_with("Cannot read the certificate's key"));
    CHECK(refusal(certificate.certificate(), other.key()).find("mismatch") != std::string::npos);
    std::ofstream(other.key()) << "no key at all";
    (void)refusal(other.certificate(), other.key());
    auto options = secure(certificate);
    options.tls_key = other.key();
    auto const started = Server(options, [](Request, Respond) {}).start();
    REQUIRE(!started);
    CHECK(started.error().code == "bad_certificate");
}
