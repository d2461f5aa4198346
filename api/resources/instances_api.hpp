#pragma once
// Instances of all workflows (problems, inspection leads, rounds, consultations …), as one
// resource. The differences are in the workflows' forms.

#include "api/request/exchange.hpp"

namespace banjie::api::instances {

inline constexpr QueryParameter shown_query[] = {
    {"lang", "zh or en: adds labels"},
};
inline constexpr QueryParameter list_query[] = {
    {"state", "Names of states, separated by commas"},
    {"stage", "Names of stages"},
    {"unit", "Code of an organisation that handles"},
    {"mark", "Names of marks of the workflow"},
    {"outcome", "Another name of mark"},
    {"moment", "What last happened from …until: the name of a moment of the workflow"},
    {"from", "First day in China, 2026-03-01"},
    {"until", "Last day"},
    {"mine", "true: what waits for something that I may do"},
    {"q", "Words of the title, the id, or the number or its last digits"},
    {"sort", "created, updated or due; with a minus before it: newest first. Default -created"},
    {"limit", "At most so many, 1 to 200; default 50"},
    {"cursor", "next_cursor of the page before"},
    {"lang", "zh or en: adds labels"},
};
inline constexpr QueryParameter history_query[] = {
    {"limit", "At most so many, 1 to 500; default 100"},
    {"cursor", "next_cursor of the page before"},
};

/// Returns a page of instances. Also takes filters by the tags that the workflow declares and by
/// the regions of its machine.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> history(Exchange& exchange);
/// Runs the workflow's creating command. Answers 201 with Location.
void create(std::shared_ptr<Exchange> exchange);
/// Runs the workflow's editing command, if it has one (`InstanceResource::editing`).
void edit(std::shared_ptr<Exchange> exchange);
/// Runs any other command. Answers 200 with the instance and its ETag.
void command(std::shared_ptr<Exchange> exchange);

} // namespace banjie::api::instances
