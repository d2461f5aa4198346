#pragma once
// Settings of a user's console: saved views, columns, language. The server does not interpret them.

#include "api/request/exchange.hpp"

namespace banjie::api::settings {

/// Returns the object as it was saved, or {} if there is none yet.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
/// Replaces the settings with any JSON object of at most limits::settings_bytes.
[[nodiscard]] engine::Outcome<Response> put(Exchange& exchange);

} // namespace banjie::api::settings
