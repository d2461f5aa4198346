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

class Head {
public:
    Head(std::string& out, Response const& response) : out_(out), response_(response) {}

    void put(std::string_view name, std::string_view value) {
        if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) return;
        out_.append(name).append(": ").append(value).append("\r\n");
    }
    void put_unless_own(std::string_view name, std::string_view value) {
        for (auto const& [own, other] : response_.headers)
            if (same_name(own, name)) return;
        put(name, value);
    }

private:
    std::string& out_;
    Response const& response_;
};

} // namespace

void append_response(std::string& out, Response const& response, ResponseFrame const& frame) {
    bool const bodiless = response.status == 204 || response.status == 304;
    out.reserve(out.size() + 768 + response.body.size());
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason_of(response.status)).append("\r\n");
    Head head(out, response);
    head.put_unless_own("Date", frame.date);
    if (!bodiless) {
        if (!response.content_type.empty())
            head.put_unless_own("Content-Type", response.content_type);
        head.put("Content-Length", std::to_string(response.body.size()));
    }
    for (auto const& [name, value] : protections) head.put_unless_own(name, value);
    if (frame.secure) head.put_unless_own("Strict-Transport-Security", a_year_of_tls);
    if (frame.never_stored) head.put_unless_own("Cache-Control", "no-store");
    for (auto const& [name, value] : response.headers)
        if (!same_name(name, "Content-Length") && !same_name(name, "Connection"))
            head.put(name, value);
    if (!frame.keep_alive)
        out.append("Connection: close\r\n");
    else if (frame.old_version)
        out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
    if (!frame.without_body && !bodiless) out.append(response.body);
}

} // namespace banjie::api
