#pragma once
// Check of a request against the scope of its API key.

#include "api/request/exchange.hpp"

#include <string_view>

namespace banjie::api {

[[nodiscard]] engine::Refusal out_of_scope(std::string_view what);

/// Refuses with `key_out_of_scope` a request that the key of the exchange does not permit. A key
/// that only reads permits no writes. A key for some workflows permits only these, and the common
/// resources needed to interpret them (organisations, calendar, workflows, the key itself). `asked`
/// is the workflow that the request concerns, or nullptr. Never refuses an account.
[[nodiscard]] engine::Outcome<void> check_scope(Exchange const& exchange,
                                                engine::Workflow const* asked);
/// Refuses with `key_out_of_scope` a command that the key of the exchange does not permit.
[[nodiscard]] engine::Outcome<void> check_scope(Exchange const& exchange, std::string_view command);

} // namespace banjie::api
