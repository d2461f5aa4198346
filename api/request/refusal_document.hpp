#pragma once
// Every error of the door as an RFC 9457 problem document: `type` (urn:banjie:refusal:<code>),
// `title`, `status`, `detail`, `code`, and where there is something to say `help` and `errors[]`.

#include "api/request/http.hpp"
#include "engine/outcome.hpp"

#include <nlohmann/json_fwd.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace banjie::api {

/// The HTTP status that a kind of refusal leaves with.
[[nodiscard]] int status_of(engine::RefusalKind kind);
/// Of the code, where it has a status of its own.
[[nodiscard]] int status_of(engine::Refusal const& refusal);

/// The document's JSON, e.g. for one item of a bulk command.
[[nodiscard]] nlohmann::json problem_json(engine::Refusal const& refusal);

/// A refusal of the engine, with WWW-Authenticate or Retry-After where they belong.
[[nodiscard]] Response problem_response(engine::Refusal const& refusal);

/// A refusal of the door alone: 404, 405, 406, 413, 415 …
[[nodiscard]] Response problem_response(int status, std::string_view code, std::string detail,
                                        std::string help = {});

/// 413 for a body of more than so many bytes.
[[nodiscard]] Response body_too_large(std::size_t bytes);
/// 503 while a share of the room for bodies is used up (rooms.hpp).
[[nodiscard]] Response no_room_for_body();

/// 500 for what nobody expected; what it was goes to the log, not to the caller. 503 where memory
/// ran out.
[[nodiscard]] Response internal_error(std::exception const& thrown);

} // namespace banjie::api
