#pragma once
// The stream of events, page by page; the same route upgraded to a WebSocket is live
// (event_feed.hpp).

#include "api/exchange.hpp"

namespace banjie::api::events {

inline constexpr QueryParameter page_query[] = {
    {"after", "A cursor: only events after it. From the first one when absent"},
    {"limit", "At most so many, 1 to 500; default 100"},
};

/// {"items":[CloudEvents],"next_cursor":"…"}. There is always a next cursor: ask with it again,
/// also after an empty page, for what has happened since.
[[nodiscard]] engine::Outcome<Response> page(Exchange& exchange);

} // namespace banjie::api::events
