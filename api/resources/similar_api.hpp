#pragma once
// Search for similar reports while a title is being typed.

#include "api/request/exchange.hpp"

namespace banjie::api::similar {

inline constexpr QueryParameter list_query[] = {
    {"title", "What is about to be reported"},
    {"region", "Code of a region; its county is looked at, within the own jurisdiction. Default: "
               "the own county"},
};

/// Returns whether the workflow has a title and a region.
[[nodiscard]] bool is_for(engine::Workflow const& workflow);

/// Returns {"items":[{"id","title","state","region","similarity"}]}, at most 5, most similar first,
/// that the caller may see. A township also gets those of its neighbours:
/// {"title","region","similarity","ask"} with the code of the county to ask.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);

} // namespace banjie::api::similar
