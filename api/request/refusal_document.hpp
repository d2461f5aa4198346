#pragma once
// Refusal documents (RFC 9457), the form of every error of the API: `type`
// (urn:banjie:refusal:<code>), `title`, `status`, `detail`, `code`, and optionally `help` and
// `errors[]`.

#include "api/request/http.hpp"
#include "engine/outcome.hpp"

#include <nlohmann/json_fwd.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace banjie::api {

/// Returns the HTTP status of a kind of refusal.
[[nodiscard]] int status_of(engine::RefusalKind kind);
/// Returns the status of the refusal's code, or else of its kind.
[[nodiscard]] int status_of(engine::Refusal const& refusal);

/// Returns the JSON of the document, e.g. for one item of a bulk command.
[[nodiscard]] nlohmann::json refusal_json(engine::Refusal const& refusal);

/// Returns the response for a refusal of the engine, with WWW-Authenticate or Retry-After where
/// required.
[[nodiscard]] Response refusal_response(engine::Refusal const& refusal);

/// Returns the same with another status than that of the code.
[[nodiscard]] Response refusal_response(engine::Refusal const& refusal, int status);

/// Returns 413 for a body of more than so many bytes.
[[nodiscard]] Response body_too_large(std::size_t bytes);
/// Returns 503 because a share of the memory for bodies is used up (rooms.hpp).
[[nodiscard]] Response no_room_for_body();

/// Returns 500 for an unexpected exception, or 503 if memory ran out. The exception is logged but
/// not sent to the caller.
[[nodiscard]] Response internal_error(std::exception const& thrown);

} // namespace banjie::api
