#pragma once
// The console: pages and scripts built from api/console/ into the program (CMake's
// `banjie_console`). Served to everybody; all data that they show comes through the API.

#include "api/request/http.hpp"

namespace banjie::api {

/// Returns the page or file at the request's path. A path without a file is a page within the
/// console, so it gets the start page, whose script shows it; below "/assets/" it gets 404. Files
/// with the hash of their content in their name may be cached for ever. Compresses the body if the
/// caller accepts gzip.
[[nodiscard]] Response console_page(Request const& request);

/// Returns whether the request is for the console: it reads, and its path is not one of the API.
[[nodiscard]] bool is_for_console(Request const& request);

} // namespace banjie::api
