#pragma once
// What the caller's office or unit should hear of. There is no message of its own in the feed of
// events: whoever hears an event there asks here again, also for the count alone (limit=1).

#include "api/request/exchange.hpp"

namespace banjie::api::notifications {

inline constexpr QueryParameter list_query[] = {
    {"unread", "true: only what has not been read"},
    {"limit", "At most so many, 1 to 100; default 20"},
    {"cursor", "next_cursor of the page before"},
    {"lang", "zh or en: the language of the texts. Default: zh"},
};

/// {"items":[{"id","at","kind","instance","workflow","title","by","text","read"}],"unread",
/// "next_cursor"}, newest first. `unread` counts all of them, to engine::limits::counted_unread.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// {"ids":[…]}, at most 200, or {"up_to":id} → {"unread"}.
[[nodiscard]] engine::Outcome<Response> mark_read(Exchange& exchange);

} // namespace banjie::api::notifications
