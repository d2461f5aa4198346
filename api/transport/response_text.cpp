#include "api/transport/response_text.hpp"

#include <boost/beast/core/ostream.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <utility>

namespace banjie::api {

namespace {

std::string_view reason_of(int status) {
    namespace http = boost::beast::http;
    return http::obsolete_reason(static_cast<http::status>(status));
}

/// What a page needs beyond this, it says itself.
constexpr std::pair<std::string_view, std::string_view> protections[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Content-Security-Policy",
     "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};
constexpr std::string_view a_year_of_tls = "max-age=31536000; includeSubDomains";

bool same_name(std::string_view left, std::string_view right) {
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

bool has(Response const& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [name](auto const& header) { return same_name(header.first, name); });
}

void put(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

std::string lines_of(auto const& headers) {
    std::string lines;
    for (auto const& [name, value] : headers) put(lines, name, value);
    return lines;
}

void put_protections(std::string& out, Response const& response) {
    static std::string const all = lines_of(protections);
    auto const has_own = [&response](auto const& one) { return has(response, one.first); };
    if (std::none_of(std::begin(protections), std::end(protections), has_own)) {
        out.append(all);
        return;
    }
    for (auto const& one : protections)
        if (!has_own(one)) put(out, one.first, one.second);
}

/// A value that would begin another line is left out.
void put_own(std::string& out, Response const& response) {
    for (auto const& [name, value] : response.headers) {
        bool const splits = value.find_first_of(std::string_view("\r\n\0", 3)) != value.npos;
        if (!splits && !same_name(name, "Content-Length") && !same_name(name, "Connection"))
            put(out, name, value);
    }
}

} // namespace

void append_response(std::string& out, Response const& response, ResponseFrame const& frame) {
    bool const bodiless = response.status == 204 || response.status == 304;
    out.reserve(out.size() + 768 + response.body.size());
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason_of(response.status)).append("\r\n");
    auto const put_unless_own = [&](std::string_view name, std::string_view value) {
        if (!has(response, name)) put(out, name, value);
    };
    put_unless_own("Date", frame.date);
    if (!bodiless) {
        if (!response.content_type.empty()) put_unless_own("Content-Type", response.content_type);
        put(out, "Content-Length", std::to_string(response.body_bytes()));
    }
    put_protections(out, response);
    if (frame.secure) put_unless_own("Strict-Transport-Security", a_year_of_tls);
    if (frame.never_stored) put_unless_own("Cache-Control", "no-store");
    put_own(out, response);
    if (!frame.keep_alive)
        out.append("Connection: close\r\n");
    else if (frame.old_version)
        out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
    if (!frame.without_body && !bodiless) out.append(response.body);
}

} // namespace banjie::api
