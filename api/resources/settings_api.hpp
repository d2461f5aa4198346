#pragma once
// What a user's console keeps: saved views, columns, language. The server does not look inside.

#include "api/request/exchange.hpp"

namespace banjie::api::settings {

/// The object as it was put; {} when there is none yet.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
/// Any JSON object of at most limits::settings_bytes replaces it.
[[nodiscard]] engine::Outcome<Response> put(Exchange& exchange);

} // namespace banjie::api::settings
