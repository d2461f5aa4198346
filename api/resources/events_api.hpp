#pragma once
// The stream of events, page by page. The same route upgraded to a WebSocket is the live feed
// (event_feed.hpp).

#include "api/request/exchange.hpp"

namespace banjie::api::events {

inline constexpr QueryParameter page_query[] = {
    {"after", "A cursor: only events after it. From the first one when absent; after the newest "
              "one with 'now'"},
    {"limit", "At most so many, 1 to 500; default 100"},
};

/// Returns {"items":[CloudEvents],"next_cursor":"…"}. There is always a next cursor, even after an
/// empty page; it returns the events that have happened since.
[[nodiscard]] engine::Outcome<Response> page(Exchange& exchange);

/// Returns the body of such a page.
[[nodiscard]] engine::Outcome<std::string> page_text(engine::EventStream& stream,
                                                     engine::Actor const& actor,
                                                     std::uint64_t after, std::int64_t limit);

} // namespace banjie::api::events
