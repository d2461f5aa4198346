#pragma once
// Everything that is handled by a workflow (problems, inspection leads, rounds, consultations …):
// one resource for all of them. What differs lies in the workflow's forms.

#include "api/request/exchange.hpp"

namespace banjie::api::instances {

inline constexpr QueryParameter shown_query[] = {
    {"lang", "zh or en: adds labels"},
};
inline constexpr QueryParameter list_query[] = {
    {"state", "Names of states, separated by commas"},
    {"stage", "Names of stages"},
    {"light", "on_time, due_soon, overdue"},
    {"supervision", "normal, urged, listed, circulated"},
    {"category", "Codes of categories"},
    {"source", "Codes of sources"},
    {"round", "Number of a round"},
    {"region", "Code of a region; takes in all below it"},
    {"unit", "Code of an organisation that leads or co-handles"},
    {"lead_unit", "Code of the organisation that leads"},
    {"outcome", "handled, handled_on_time, handled_late, reworked, visited, resolved, unresolved, "
                "satisfied, dissatisfied"},
    {"moment", "What last happened from …until: reported, assigned, overdue, handled, visited, "
               "closed"},
    {"from", "First day in China, 2026-03-01"},
    {"until", "Last day"},
    {"mine", "true: what waits for something that I may do"},
    {"q", "Words of title and description"},
    {"sort", "created, updated or due; with a minus before it: newest first. Default -created"},
    {"limit", "At most so many, 1 to 200; default 50"},
    {"cursor", "next_cursor of the page before"},
    {"lang", "zh or en: adds labels"},
};
inline constexpr QueryParameter history_query[] = {
    {"limit", "At most so many, 1 to 500; default 100"},
    {"cursor", "next_cursor of the page before"},
};

[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> history(Exchange& exchange);
/// The command of the workflow that creates; → 201 with Location.
void create(std::shared_ptr<Exchange> exchange);
/// The command `edit`, where the workflow has one.
void edit(std::shared_ptr<Exchange> exchange);
/// Any other command; → 200 with the instance and its ETag.
void command(std::shared_ptr<Exchange> exchange);

} // namespace banjie::api::instances
