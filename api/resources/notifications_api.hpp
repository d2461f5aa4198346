#pragma once
// Notifications of the caller's office or unit. The feed of events has no message for them: a
// client that receives an event requests this resource again, with limit=1 for the count alone.

#include "api/request/exchange.hpp"

namespace banjie::api::notifications {

inline constexpr QueryParameter list_query[] = {
    {"unread", "true: only what has not been read"},
    {"limit", "At most so many, 1 to 100; default 20"},
    {"cursor", "next_cursor of the page before"},
    {"lang", "zh or en: the language of the texts. Default: zh"},
};

/// Returns {"items":[{"id","at","kind","instance","workflow","title","by","text","read"}],
/// "unread","next_cursor"}, newest first. `unread` counts all of them, up to
/// engine::limits::counted_unread.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Marks as read {"ids":[…]}, at most 200, or {"up_to":id}. Returns {"unread"}.
[[nodiscard]] engine::Outcome<Response> mark_read(Exchange& exchange);

} // namespace banjie::api::notifications
