#pragma once
// What waits for the caller, over all workflows.

#include "api/request/exchange.hpp"

namespace banjie::api::work {

inline constexpr QueryParameter list_query[] = {
    {"limit", "At most so many, 1 to 200; default 50"},
    {"cursor", "next_cursor of the page before"},
    {"lang", "zh or en: adds labels"},
};

/// {"items":[{…an instance as in lists…,"awaits":["accept",…]}],"next_cursor","total",
/// "by_workflow":{"problem":12}}: the earliest due first, then what nobody has touched for longest.
/// `awaits` names the commands that the caller may give now: those that lead on or are asked for by
/// a condition; if there is none, all that the caller may give.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);

} // namespace banjie::api::work
