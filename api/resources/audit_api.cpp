#include "api/resources/audit_api.hpp"

#include "api/request/cursor.hpp"
#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"

namespace banjie::api::audit {

using engine::Outcome;
using nlohmann::json;

namespace {

/// Returns whether the event is one for administrators that the actor may see. Attachments of
/// problems are documents too, but are not audited here.
bool is_audited(engine::StreamEvent const& event, engine::Actor const& actor) {
    return event.workflow == "document" && !event.seen_by.empty() &&
           event.seen_by.front().starts_with('!') && engine::may_see_codes(actor, event.seen_by);
}

/// Filters of the query.
struct Wanted {
    std::string from, until, text; // days as texts, which compare as days do

    static Outcome<Wanted> of(Exchange const& exchange) {
        for (auto const* name : {"from", "until"})
            if (auto const day = query_day(exchange.request, name, {}); !day) return day.error();
        return Wanted{exchange.query("from"), exchange.query("until"), exchange.query("q")};
    }
    [[nodiscard]] bool has(Exchange const& exchange, json const& told) const {
        for (auto const* name : {"kind", "subject", "actor"})
            if (auto const one = exchange.query(name); !one.empty() && told.at(name) != one)
                return false;
        if (auto const event = exchange.query("event"); !event.empty() && told.at("type") != event)
            return false;
        if (!until.empty() && day_of(told) > until) return false;
        if (text.empty()) return true;
        for (auto const* name : {"subject", "actor", "actor_name"})
            if (told.at(name).get<std::string>().find(text) != std::string::npos) return true;
        return json_text(told.at("fields")).find(text) != std::string::npos;
    }
    /// Returns whether this event, and so all older ones, are before the first day.
    [[nodiscard]] bool is_over(json const& told) const {
        return !from.empty() && day_of(told) < from;
    }

    static std::string day_of(json const& told) {
        return told.at("at").get<std::string>().substr(0, 10);
    }
};

json entry_json(engine::StreamEvent const& event, json const& told) {
    json entry = {{"seq", event.seq}, {"event", told.at("type")}};
    for (auto const* name :
         {"at", "kind", "subject", "actor", "actor_name", "organisation", "fields"})
        entry[name] = told.at(name);
    // Events of earlier versions have no address.
    if (auto const address = told.find("address"); address != told.end())
        entry["address"] = *address;
    return entry;
}

using Events = std::vector<std::shared_ptr<engine::StreamEvent const>>;

/// Reads the events from `from` up to, but without, `before`. The store may return fewer at a time.
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

struct Found {
    json items = json::array();
    std::uint64_t before = 0; // cursor of the next page; 1: none
};

/// Returns the newest entries before that position, at most `most`. Searches at most
/// `most_searched` events.
Outcome<Found> search(Exchange& exchange, std::uint64_t before, std::size_t most,
                      std::uint64_t most_searched) {
    auto const wanted = Wanted::of(exchange);
    if (!wanted) return wanted.error();
    auto& stream = exchange.office().stream;
    Found found;
    found.before = before;
    constexpr std::uint64_t step = engine::limits::stream_page;
    for (std::uint64_t searched = 0; found.before > 1 && searched < most_searched;) {
        auto const from = found.before > step ? found.before - step : 1;
        auto const events = read_between(stream, from, found.before);
        if (!events) return events.error();
        for (auto event = events->rbegin(); event != events->rend(); ++event) {
            if (found.items.size() == most) return found;
            found.before = (*event)->seq;
            ++searched;
            if (!is_audited(**event, exchange.actor)) continue;
            auto const told = json::parse((*event)->text);
            if (wanted->is_over(told)) {
                found.before = 1;
                return found;
            }
            if (wanted->has(exchange, told)) found.items.push_back(entry_json(**event, told));
        }
        if (events->empty()) break;
    }
    return found;
}

/// Returns a cell that no spreadsheet interprets as a formula.
std::string cell_of(std::string text) {
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    std::string cell = "\"";
    for (char const letter : text) {
        if (letter == '"') cell += '"';
        cell += letter;
    }
    return cell + '"';
}

constexpr char const* cells[] = {"seq",   "at",         "event",        "kind",    "subject",
                                 "actor", "actor_name", "organisation", "address", "fields"};

std::string table_of(json const& items) {
    std::string table = "\xEF\xBB\xBF"; // without it spreadsheets assume another encoding
    for (auto const* name : cells) table += (name == cells[0] ? "" : ",") + cell_of(name);
    for (auto const& item : items) {
        table += "\r\n";
        for (auto const* name : cells) {
            auto const value = item.find(name);
            if (name != cells[0]) table += ',';
            if (value != item.end())
                table +=
                    cell_of(value->is_string() ? value->get<std::string>() : json_text(*value));
        }
    }
    return table + "\r\n";
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    if (auto allowed = require_auditor(exchange.actor, exchange.actor.organisation); !allowed)
        return allowed.error();
    auto const limit = query_number(exchange.request, "limit", 1, 200, 50);
    if (!limit) return limit.error();
    auto const cursor = number_of_cursor('a', exchange.query("cursor"));
    if (!cursor) return cursor.error();
    auto const end = exchange.office().stream.last_seq() + 1;
    auto found = search(exchange, *cursor == 0 ? end : std::min(*cursor, end),
                        static_cast<std::size_t>(*limit), engine::limits::audited_events);
    if (!found) return found.error();
    json next = nullptr;
    if (found->before > 1) next = cursor_of('a', found->before);
    return json_response({{"items", std::move(found->items)}, {"next_cursor", std::move(next)}});
}

namespace {

/// Everything that is asked for, once it is an event that it was taken.
Outcome<Found> taken(Exchange& exchange) {
    if (auto allowed = require_auditor(exchange.actor, exchange.actor.organisation); !allowed)
        return allowed.error();
    auto const end = exchange.office().stream.last_seq() + 1;
    auto found = search(exchange, end, engine::limits::exported_entries + 1, end);
    if (!found) return found.error();
    if (found->items.size() > engine::limits::exported_entries)
        return invalid_field("from", "too_long"_code,
                             "The period has more than " +
                                 std::to_string(engine::limits::exported_entries) + " entries.");
    json said = {{"first_day", exchange.query("from")},
                 {"last_day", exchange.query("until")},
                 {"count", found->items.size()}};
    for (auto const* name : {"kind", "event", "subject", "actor", "q"})
        if (auto const asked = exchange.query(name); !asked.empty())
            said["by_" + std::string(name)] = asked;
    auto const written =
        exchange.office().documents.write(exchange.actor, {{.kind = "export",
                                                            .id = exchange.actor.user,
                                                            .expected_version = std::nullopt,
                                                            .body = said.dump(),
                                                            .event = "audit_exported",
                                                            .said = said.dump()}});
    if (!written) return written.error();
    return found;
}

} // namespace

Outcome<Response> export_table(Exchange& exchange) {
    auto const found = taken(exchange);
    if (!found) return found.error();
    Response response{
        .content_type = "text/csv; charset=utf-8", .body = table_of(found->items), .headers = {}};
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"audit.csv\"");
    return response;
}

Outcome<Response> export_json(Exchange& exchange) {
    auto found = taken(exchange);
    if (!found) return found.error();
    auto response = json_response({{"items", std::move(found->items)}, {"next_cursor", nullptr}});
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"audit.json\"");
    return response;
}

} // namespace banjie::api::audit
