#pragma once
// The instances that wait for the caller, over all workflows.

#include "api/request/exchange.hpp"

namespace banjie::api::work {

inline constexpr QueryParameter list_query[] = {
    {"limit", "At most so many, 1 to 200; default 50"},
    {"cursor", "next_cursor of the page before"},
    {"lang", "zh or en: adds labels"},
};

/// Returns {"items":[{…an instance as in
/// lists…,"awaits":["accept",…]}],"next_cursor","total","by_workflow":{"problem":12}}: earliest due
/// first, then longest untouched. `awaits` names the commands that the caller may give now and that
/// leave the state or have a guard. If there is none, it names all that the caller may give.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);

} // namespace banjie::api::work
