#include "api/pages/console_pages.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace banjie::api;

namespace {

std::string header_of(Response const& response, std::string_view name) {
    for (auto const& [own, value] : response.headers)
        if (own == name) return value;
    return {};
}

Response page_at(std::string path, bool takes_gzip = false) {
    Request request;
    request.path = std::move(path);
    request.takes_gzip = takes_gzip;
    return console_page(request);
}

/// "/assets/index-….js", as the start page names it.
std::string script_of(Response const& start) {
    auto const from = start.body.find("/assets/");
    return start.body.substr(from, start.body.find('"', from) - from);
}

} // namespace

TEST_CASE("every path of no file is the start page, with a policy that lets no other script run") {
    for (auto const* path :
         {"/", "/problems", "/problems/01M30SXEC0VADJVC", "/../etc/passwd", "*"}) {
        auto const page = page_at(path);
        CHECK(page.status == 200);
        CHECK(page.content_type == "text/html; charset=utf-8");
        CHECK(page.body.find("<div id=\"app\">") != std::string::npos);
        CHECK(header_of(page, "Cache-Control") == "no-cache");
        CHECK(header_of(page, "Content-Security-Policy").find("script-src 'self';") !=
              std::string::npos);
    }
}

TEST_CASE("an asset is kept for ever, and compressed for who takes it") {
    auto const path = script_of(page_at("/"));
    auto const plain = page_at(path);
    auto const packed = page_at(path, true);
    CHECK(plain.content_type == "text/javascript; charset=utf-8");
    CHECK(header_of(plain, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(header_of(plain, "Content-Encoding").empty());
    CHECK(header_of(packed, "Content-Encoding") == "gzip");
    CHECK(header_of(packed, "Vary") == "Accept-Encoding");
    CHECK(packed.body.starts_with("\x1f\x8b"));
    CHECK(packed.body.size() < plain.body.size());
}

TEST_CASE("an asset that is none any more is not the start page") {
    CHECK(page_at("/assets/index-00000000.js").status == 404);
}

TEST_CASE("the API's paths are not the console's, nor are writes") {
    Request request;
    request.path = "/problems";
    CHECK(is_for_console(request));
    request.method = Method::post;
    CHECK_FALSE(is_for_console(request));
    request.method = Method::get;
    request.path = "/api/v1/nothing";
    CHECK_FALSE(is_for_console(request));
}
