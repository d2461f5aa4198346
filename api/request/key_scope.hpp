#pragma once
// What an API key may ask for: its scope against the route.

#include "api/request/exchange.hpp"

#include <string_view>

namespace banjie::api {

[[nodiscard]] engine::Refusal out_of_scope(std::string_view what);

/// Refuses `key_out_of_scope` what the key of the exchange may not do: writes, for one that reads;
/// and where it is for some workflows alone, all that is neither of one of them nor of the words
/// that they are written in (organisations, calendar, workflows, itself). `asked` is the workflow
/// that the request is about; nullptr: none. Nothing is refused to an account.
[[nodiscard]] engine::Outcome<void> check_scope(Exchange const& exchange,
                                                engine::Workflow const* asked);
/// The same for one command.
[[nodiscard]] engine::Outcome<void> check_scope(Exchange const& exchange, std::string_view command);

} // namespace banjie::api
