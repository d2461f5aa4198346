#pragma once
// The stream of events, page by page; the same route upgraded to a WebSocket is live
// (event_feed.hpp).

#include "api/request/exchange.hpp"

namespace banjie::api::events {

inline constexpr QueryParameter page_query[] = {
    {"after", "A cursor: only events after it. From the first one when absent; after the newest "
              "one with 'now'"},
    {"limit", "At most so many, 1 to 500; default 100"},
};

/// {"items":[CloudEvents],"next_cursor":"…"}. There is always a next cursor: ask with it again,
/// also after an empty page, for what has happened since.
[[nodiscard]] engine::Outcome<Response> page(Exchange& exchange);

/// The body of it.
[[nodiscard]] engine::Outcome<std::string> page_text(engine::EventStream& stream,
                                                     engine::Actor const& actor,
                                                     std::uint64_t after, std::int64_t limit);

} // namespace banjie::api::events
