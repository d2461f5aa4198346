#pragma once
// Who administered what: the events of documents, from the history that cannot be changed unseen.

#include "api/request/exchange.hpp"

namespace banjie::api::audit {

inline constexpr QueryParameter list_query[] = {
    {"kind", "Only of such documents: user, sign_in, organisation, calendar_year, policy, api_key"},
    {"subject", "Only of that one: an account's name, a code, a year, a workflow"},
    {"actor", "Only by that account"},
    {"limit", "At most so many, 1 to 200; default 50"},
    {"cursor", "next_cursor of the page before"},
};

/// For administrators, of their region: {"items":[{"seq","at","event","kind","subject","actor",
/// "actor_name","organisation","fields"}],"next_cursor"}, newest first. One page searches at most
/// engine::limits::audited_events of the stream, so it may be short and still have a next.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);

} // namespace banjie::api::audit
