#pragma once
// Acts that wait for a second person, where the security policy says so.

#include "api/request/exchange.hpp"

namespace banjie::api::acts {

/// 202 with the act in place of doing it.
[[nodiscard]] engine::Outcome<Response> propose(Exchange& exchange);
/// {items}: those that the actor has proposed or could confirm.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Carries the act out as whoever proposed it, by what they may do now, and answers as that does.
void confirm(ExchangePointer exchange);
[[nodiscard]] engine::Outcome<Response> withdraw(Exchange& exchange);

} // namespace banjie::api::acts
