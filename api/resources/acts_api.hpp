#pragma once
// Acts that wait for a second person where the security policy requires one.

#include "api/request/exchange.hpp"

namespace banjie::api::acts {

/// Stores the request as an act instead of carrying it out. Returns 202 with the act.
[[nodiscard]] engine::Outcome<Response> propose(Exchange& exchange);
/// Returns {items}: the acts that the actor has proposed or could confirm.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Carries the act out as its proposer, with the proposer's current permissions, and answers as the
/// act's request does.
void confirm(ExchangePointer exchange);
[[nodiscard]] engine::Outcome<Response> withdraw(Exchange& exchange);

} // namespace banjie::api::acts
