#include "api/request/credentials.hpp"

#include "api/request/refusal_codes.hpp"
#include "engine/limits.hpp"
#include "engine/people/session_tokens.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>

namespace banjie::api {

using engine::Outcome;
using engine::Refusal;

namespace {

constexpr std::string_view bearer = "Bearer ";

constexpr std::string_view cookie_name(bool secure) {
    return secure ? "__Host-banjie_session" : "banjie_session";
}

constexpr std::string_view device_cookie_name(bool secure) {
    return secure ? "__Host-banjie_device" : "banjie_device";
}

/// Returns a value of Set-Cookie. Over TLS, browsers accept the name from this host alone.
std::string cookie_text(std::string_view name, std::string_view value, bool secure) {
    std::string cookie(name);
    cookie += '=';
    cookie += value;
    cookie += "; HttpOnly; SameSite=Strict; Path=/";
    if (secure) cookie += "; Secure";
    return cookie;
}

/// Returns an empty view unless the cookie occurs exactly once.
std::string_view cookie_value(std::string_view cookies, std::string_view name) {
    std::string_view found;
    std::size_t count = 0;
    while (!cookies.empty()) {
        auto const end = std::min(cookies.find(';'), cookies.size());
        auto pair = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        auto const equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        found = pair.substr(equals + 1);
        ++count;
    }
    return count == 1 ? found : std::string_view();
}

/// Returns the host without the default port of its scheme.
std::string_view without_usual_port(std::string_view host, bool secure) {
    std::string_view const port = secure ? ":443" : ":80";
    return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

bool same_host(std::string_view left, std::string_view right) {
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

} // namespace

Credentials credentials_of(Request const& request) {
    std::string_view const authorization = request.authorization;
    if (boost::beast::iequals(authorization.substr(0, bearer.size()), bearer))
        return {authorization.substr(bearer.size()), false};
    if (!authorization.empty() || request.cookie.empty()) return {};
    auto const token = cookie_value(request.cookie, cookie_name(request.secure));
    return {token, !token.empty()};
}

bool is_of_this_host(Request const& request) {
    std::string_view const origin = request.origin;
    if (origin.empty()) return true;
    auto const scheme = origin.find("://");
    if (scheme == std::string_view::npos) return false;
    bool const secure = origin.substr(0, scheme) == "https";
    if (request.secure && !secure) return false;
    return same_host(without_usual_port(origin.substr(scheme + 3), secure),
                     without_usual_port(request.host, secure));
}

Refusal foreign_origin() {
    return {.code = "foreign_origin"_code,
            .detail = "The request came from a page of another host.",
            .help = "Open the console at the server's own address. Behind a proxy that changes the "
                    "Host, start the server with --public-origin."};
}

Outcome<void> check_not_forged(Request const& request, std::string_view token) {
    if (!is_of_this_host(request)) return foreign_origin();
    if (engine::is_csrf_token_of(token, request.csrf_token)) return boost::system::in_place_value;
    return Refusal{.code = "csrf_token_missing"_code,
                   .detail = "X-CSRF-Token is missing or does not belong to the session's cookie.",
                   .help = "Send the csrf_token of the answer to signing in or of GET /api/v1/me."};
}

std::string session_cookie(std::string_view token, bool secure) {
    return cookie_text(cookie_name(secure), token, secure);
}

std::string cleared_session_cookie(bool secure) {
    return session_cookie("", secure) + "; Max-Age=0";
}

std::string_view device_token_of(Request const& request) {
    return cookie_value(request.cookie, device_cookie_name(request.secure));
}

std::string device_cookie(std::string_view token, bool secure) {
    constexpr int seconds = engine::limits::device_days * 86'400;
    return cookie_text(device_cookie_name(secure), token, secure) +
           "; Max-Age=" + std::to_string(seconds);
}

} // namespace banjie::api
