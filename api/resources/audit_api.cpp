#include "api/resources/audit_api.hpp"

#include "api/request/cursor.hpp"
#include "api/request/permissions.hpp"
#include "api/request/request_checks.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"

namespace banjie::api::audit {

using engine::Outcome;
using nlohmann::json;

namespace {

/// Of documents, those that are for administrators; what is attached to problems is for others.
bool is_audited(engine::StreamEvent const& event, engine::Actor const& actor) {
    return event.workflow == "document" && !event.seen_by.empty() &&
           event.seen_by.front().starts_with('!') && engine::may_see_codes(actor, event.seen_by);
}

bool is_wanted(Exchange const& exchange, json const& told) {
    for (auto const* name : {"kind", "subject", "actor"})
        if (auto const wanted = exchange.query(name); !wanted.empty() && told.at(name) != wanted)
            return false;
    return true;
}

json entry_json(engine::StreamEvent const& event, json const& told) {
    json entry = {{"seq", event.seq}, {"event", told.at("type")}};
    for (auto const* name :
         {"at", "kind", "subject", "actor", "actor_name", "organisation", "fields"})
        entry[name] = told.at(name);
    // Kept only since the program knows it.
    if (auto const address = told.find("address"); address != told.end())
        entry["address"] = *address;
    return entry;
}

using Events = std::vector<std::shared_ptr<engine::StreamEvent const>>;

/// Those from `from` to the one before `before`: a reading may end early.
Outcome<Events> read_between(engine::EventStream& stream, std::uint64_t from,
                             std::uint64_t before) {
    Events events;
    while (from < before) {
        auto const found = stream.read(from - 1, before - from);
        if (!found) return found.error();
        if (found->empty()) break;
        events.insert(events.end(), found->begin(), found->end());
        from = events.back()->seq + 1;
    }
    return events;
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    if (auto allowed = require_administrator(exchange.actor, exchange.actor.organisation); !allowed)
        return allowed.error();
    auto const limit = query_number(exchange.request, "limit", 1, 200, 50);
    if (!limit) return limit.error();
    auto const cursor = number_of_cursor('a', exchange.query("cursor"));
    if (!cursor) return cursor.error();
    auto& stream = exchange.office().stream;
    auto before = *cursor == 0 ? stream.last_seq() + 1 : std::min(*cursor, stream.last_seq() + 1);
    auto const wanted = static_cast<std::size_t>(*limit);
    json items = json::array();
    constexpr std::uint64_t step = engine::limits::stream_page;
    for (std::size_t searched = 0; before > 1 && searched < engine::limits::audited_events;) {
        auto const from = before > step ? before - step : 1;
        auto const events = read_between(stream, from, before);
        if (!events) return events.error();
        for (auto event = events->rbegin(); event != events->rend() && items.size() < wanted;
             ++event) {
            before = (*event)->seq;
            ++searched;
            if (!is_audited(**event, exchange.actor)) continue;
            auto const told = json::parse((*event)->text);
            if (is_wanted(exchange, told)) items.push_back(entry_json(**event, told));
        }
        if (events->empty() || items.size() == wanted) break;
    }
    json next = nullptr;
    if (before > 1) next = cursor_of('a', before);
    return json_response({{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

} // namespace banjie::api::audit
