#include "api/command_line/client.hpp"

#include "engine/people/session_tokens.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/url.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sys/stat.h>

namespace banjie::api::command_line {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using nlohmann::json;

namespace {

constexpr char const* usual_server = "http://127.0.0.1:8080";

std::filesystem::path session_file() {
    auto const home = environment("HOME", ".");
    return std::filesystem::path(environment("XDG_CONFIG_HOME", home + "/.config")) / "banjie" /
           "session.json";
}

std::string server_of(Arguments const& arguments, Session const& session) {
    if (auto given = arguments.text("server"); !given.empty()) return given;
    if (auto given = environment("BANJIE_SERVER", ""); !given.empty()) return given;
    return session.server.empty() ? usual_server : session.server;
}

} // namespace

std::optional<ServerAddress> server_address(std::string const& url) {
    auto const read = boost::urls::parse_uri(url);
    if (!read || (read->scheme() != "http" && read->scheme() != "https")) return std::nullopt;
    ServerAddress address;
    address.secure = read->scheme() == "https";
    address.host = read->host();
    address.port = read->port();
    if (address.port.empty()) address.port = address.secure ? "443" : "80";
    return address;
}

Session kept_session() {
    std::ifstream file(session_file());
    json const kept = file ? json::parse(file, nullptr, false) : json();
    if (!kept.is_object()) return {};
    return {kept.value("server", ""), kept.value("user", ""), kept.value("token", "")};
}

void keep_session(Session const& session) {
    auto const file = session_file();
    std::filesystem::create_directories(file.parent_path());
    auto const before = umask(S_IRWXG | S_IRWXO);
    std::ofstream(file)
        << json{{"server", session.server}, {"user", session.user}, {"token", session.token}}.dump()
        << "\n";
    umask(before);
}

struct Client::Line {
    using Plain = beast::tcp_stream;
    using Secure = beast::ssl_stream<beast::tcp_stream>;

    explicit Line(ServerAddress const& to) : host(to.host) {
        asio::ip::tcp::resolver resolver(context);
        auto const found = resolver.resolve(to.host, to.port);
        if (to.secure) {
            tls.set_default_verify_paths();
            secure = std::make_unique<Secure>(context, tls);
            secure->set_verify_mode(asio::ssl::verify_peer);
            secure->set_verify_callback(asio::ssl::host_name_verification(to.host));
            SSL_set_tlsext_host_name(secure->native_handle(), to.host.c_str());
            beast::get_lowest_layer(*secure).connect(found);
            secure->handshake(asio::ssl::stream_base::client);
        } else {
            plain = std::make_unique<Plain>(context);
            plain->connect(found);
        }
    }

    http::response<http::string_body> talk(http::request<http::string_body> const& request) {
        http::response<http::string_body> response;
        auto const both = [&](auto& stream) {
            http::write(stream, request);
            http::read(stream, buffer, response);
        };
        secure ? both(*secure) : both(*plain);
        return response;
    }

    std::string host;
    asio::io_context context;
    asio::ssl::context tls{asio::ssl::context::tls_client};
    std::unique_ptr<Plain> plain;
    std::unique_ptr<Secure> secure;
    beast::flat_buffer buffer;
};

Client::Client(Arguments const& arguments) {
    auto const session = kept_session();
    url_ = server_of(arguments, session);
    if (session.server == url_) token_ = session.token;
    token_ = environment("BANJIE_TOKEN", token_);
}

Client::~Client() = default;

Answer Client::ask(std::string const& method, std::string const& target, json const& body) {
    auto const address = server_address(url_);
    if (!address)
        throw std::runtime_error("'" + url_ + "' is not the address of a server, such as " +
                                 std::string(usual_server));
    http::request<http::string_body> request(http::string_to_verb(method), target, 11);
    request.set(http::field::host, address->host);
    if (!token_.empty()) request.set(http::field::authorization, "Bearer " + token_);
    if (method != "GET")
        request.set("Idempotency-Key", engine::make_token(engine::system_random()));
    if (!body.is_null()) {
        request.set(http::field::content_type, "application/json");
        request.body() = body.dump();
    }
    request.prepare_payload();
    try {
        if (!line_) line_ = std::make_unique<Line>(*address);
        auto const response = line_->talk(request);
        return {static_cast<int>(response.result_int()),
                json::parse(response.body(), nullptr, false)};
    } catch (boost::system::system_error const& error) {
        throw std::runtime_error(url_ + " does not answer: " + error.code().message());
    }
}

void add_client_options(options::options_description& known) {
    known.add_options()("server", options::value<std::string>()->value_name("URL"),
                        "else BANJIE_SERVER, else where one is signed in")(
        "lang", options::value<std::string>()->value_name("zh|en"), "of labels");
}

std::string language_of(Arguments const& arguments) {
    auto const given = arguments.text("lang");
    if (given == "zh" || given == "en") return given;
    return environment("LANG", "").starts_with("zh") ? "zh" : "en";
}

std::string escaped(std::string const& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

int print_refusal(Answer const& answer) {
    if (!answer.body.is_object())
        return fail("the server answered with status " + std::to_string(answer.status));
    std::cerr << answer.body.value("detail", "") << "  (" << answer.status << " "
              << answer.body.value("code", "") << ")\n";
    for (auto const& error : answer.body.value("errors", json::array()))
        std::cerr << "  " << error.value("field", "") << ": " << error.value("detail", "") << "\n";
    if (auto const help = answer.body.value("help", ""); !help.empty()) std::cerr << help << "\n";
    if (answer.status == 401) std::cerr << "banjie sign-in NAME opens a session.\n";
    return 1;
}

} // namespace banjie::api::command_line
