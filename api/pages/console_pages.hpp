#pragma once
// The console: pages and scripts built from api/console/ into the program (CMake's
// `banjie_console`), served to whoever asks; all that they show comes through the API.

#include "api/request/http.hpp"

namespace banjie::api {

/// The page or file behind the request's path. A path of no file is a page of the console's own, so
/// it gets the start page, whose script shows it; but no file of "/assets/" is made up (404). What
/// has a name of its content's hash may be kept for ever. Compressed where the caller takes gzip.
[[nodiscard]] Response console_page(Request const& request);

/// Is it for the console: a reader's request, and none of the API?
[[nodiscard]] bool is_for_console(Request const& request);

} // namespace banjie::api
