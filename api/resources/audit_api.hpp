#pragma once
// The audit: events of documents, from the tamper-evident history.

#include "api/request/exchange.hpp"

namespace banjie::api::audit {

inline constexpr QueryParameter list_query[] = {
    {"kind", "Only of such documents: user, sign_in, organisation, calendar_year, policy, api_key, "
             "reading, export, restore"},
    {"event", "Only such events: sign_in_failed, user_changed, read, …"},
    {"subject", "Only of that one: an account's name, a code, a year, a workflow"},
    {"actor", "Only by that account"},
    {"from", "Only on that day (YYYY-MM-DD, in China) or later"},
    {"until", "Only on that day or before"},
    {"q", "Only where subject, name of the actor or what it tells contains this"},
    {"limit", "At most so many, 1 to 200; default 50"},
    {"cursor", "next_cursor of the page before"},
};

inline constexpr QueryParameter export_query[] = {
    {"kind", "As of the list"},  {"event", "As of the list"}, {"subject", "As of the list"},
    {"actor", "As of the list"}, {"from", "As of the list"},  {"until", "As of the list"},
    {"q", "As of the list"},
};

/// Returns the acts of administrators, for auditors, in their region, newest first:
/// {"items":[{"seq","at","event","kind","subject","actor","actor_name","organisation","fields"}],
/// "next_cursor"}. One page searches at most engine::limits::audited_events of the stream, so it
/// may be short and still have a next page.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Returns all of them as comma-separated values, in UTF-8 with the byte order mark that
/// spreadsheets need. The export is an event too. Refuses with `invalid` beyond
/// limits::exported_entries.
[[nodiscard]] engine::Outcome<Response> export_table(Exchange& exchange);
/// Returns all of them as one page of the list. Otherwise like `export_table`.
[[nodiscard]] engine::Outcome<Response> export_json(Exchange& exchange);

} // namespace banjie::api::audit
