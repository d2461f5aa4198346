#include "api/pages/console_pages.hpp"

#include "api/request/refusal_document.hpp"
#include "engine/embedded.hpp"

#include <span>
#include <string_view>
#include <utility>

namespace banjie::api {

/// Written by CMake from what the console's build leaves; paths such as "assets/index-3fa9c1.js".
std::span<engine::EmbeddedFile const> console_files();

namespace {

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: "
    "data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri "
    "'none'; form-action 'self'; frame-ancestors 'none'";

constexpr std::string_view assets = "assets/";

std::string_view file_named(std::string_view path) {
    for (auto const& file : console_files())
        if (file.path == path) return file.content;
    return {};
}

std::string_view type_of(std::string_view path) {
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
    };
    for (auto const& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

/// How long a browser may keep it without asking: names of assets change with what is in them.
std::string_view keeping_of(std::string_view path) {
    if (path.starts_with(assets)) return "public, max-age=31536000, immutable";
    bool const is_icon = path.ends_with(".svg") || path.ends_with(".png");
    return is_icon ? "public, max-age=86400" : "no-cache";
}

} // namespace

bool is_for_console(Request const& request) {
    return request.method == Method::get && !request.path.starts_with("/api/");
}

Response console_page(Request const& request) {
    std::string_view path = request.path;
    if (path.starts_with('/')) path.remove_prefix(1);
    auto content = file_named(path);
    if (content.empty() && path.starts_with(assets))
        return problem_response(404, "unknown_page",
                                "Expected a file of the console, but there is "
                                "none of that name.",
                                "Reload the page: the console has been renewed.");
    if (content.empty()) {
        path = "index.html";
        content = file_named(path);
    }
    Response response;
    response.content_type = type_of(path);
    response.headers = {{"Content-Security-Policy", std::string(policy)},
                        {"X-Frame-Options", "DENY"},
                        {"Vary", "Accept-Encoding"},
                        {"Cache-Control", std::string(keeping_of(path))}};
    auto const packed = file_named(std::string(path) + ".gz");
    if (request.takes_gzip && !packed.empty()) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        content = packed;
    }
    response.body = content;
    return response;
}

} // namespace banjie::api
