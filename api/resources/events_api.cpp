#include "api/resources/events_api.hpp"

#include "api/limits.hpp"
#include "api/request/cursor.hpp"
#include "api/request/request_checks.hpp"
#include "api/shown/cloud_event.hpp"
#include "engine/jurisdiction.hpp"

namespace banjie::api::events {

engine::Outcome<Response> page(Exchange& exchange) {
    auto& stream = exchange.office().stream;
    auto const after = position_of(exchange.query("after"), stream);
    if (!after) return after.error();
    auto const limit = query_number(exchange.request, "limit", 1, limits::listed_events, 100);
    if (!limit) return limit.error();
    auto text = page_text(stream, exchange.actor, *after, *limit);
    if (!text) return text.error();
    Response response;
    response.body = std::move(*text);
    return response;
}

engine::Outcome<std::string> page_text(engine::EventStream& stream, engine::Actor const& actor,
                                       std::uint64_t after, std::int64_t limit) {
    std::string items;
    std::int64_t shown = 0;
    // Hidden events take time too, so a page may end early.
    for (std::size_t searched = 0; shown < limit && searched < limits::searched_events;) {
        auto const found = stream.read(after, limits::listed_events);
        if (!found) return found.error();
        if (found->empty()) break;
        for (auto const& event : *found) {
            if (shown == limit) break;
            after = event->seq;
            ++searched;
            if (!engine::may_see_codes(actor, event->seen_by)) continue;
            items += (items.empty() ? "" : ",") + cloud_event_text(*event);
            ++shown;
        }
    }
    return R"({"items":[)" + items + R"(],"next_cursor":")" + cursor_of('e', after) + R"("})";
}

} // namespace banjie::api::events
