#include "api/events_api.hpp"

#include "api/cloud_event.hpp"
#include "api/cursor.hpp"
#include "api/limits.hpp"
#include "api/request_checks.hpp"
#include "engine/jurisdiction.hpp"

namespace banjie::api::events {

engine::Outcome<Response> page(Exchange& exchange) {
    auto const first = number_of_cursor('e', exchange.query("after"));
    if (!first) return first.error();
    auto const limit = query_number(exchange.request, "limit", 1, limits::listed_events, 100);
    if (!limit) return limit.error();
    auto after = *first;
    std::string items;
    std::int64_t shown = 0;
    // What one may not see costs time too, so a page may end early.
    for (std::size_t searched = 0; shown < *limit && searched < limits::searched_events;) {
        auto const found = exchange.office().stream.read(after, limits::listed_events);
        if (!found) return found.error();
        if (found->empty()) break;
        for (auto const& event : *found) {
            if (shown == *limit) break;
            after = event->seq;
            ++searched;
            if (!engine::may_see_codes(exchange.actor, event->seen_by)) continue;
            items += (items.empty() ? "" : ",") + cloud_event_text(*event);
            ++shown;
        }
    }
    Response response;
    response.body =
        R"({"items":[)" + items + R"(],"next_cursor":")" + cursor_of('e', after) + R"("})";
    return response;
}

} // namespace banjie::api::events
