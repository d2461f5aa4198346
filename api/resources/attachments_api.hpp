#pragma once
// Photos, papers and videos that belong to the instances of workflows that take them.

#include "api/request/exchange.hpp"

namespace banjie::api::attachments {

inline constexpr QueryParameter add_query[] = {
    {"name", "What the file is called; at most 200 characters"},
    {"purpose", "One of the purposes that the workflow declares"},
    {"keep_metadata", "true: a photo keeps the place, time and device that it tells"},
};
inline constexpr QueryParameter get_query[] = {
    {"inline", "true: to be shown rather than saved, if it is an image or PDF"},
};

/// A workflow that declares what may be attached.
[[nodiscard]] inline bool is_for(engine::Workflow const& workflow) {
    return !workflow.attachments().empty();
}

/// Refuses what `add` would refuse before it looks at the file.
[[nodiscard]] engine::Outcome<void> may_add(Exchange& exchange);
/// The body is the file itself, at most engine::limits::attachment_bytes. Refused as api/files/
/// and engine/documents/attachments.hpp say. The name in the answer is the one that is kept.
[[nodiscard]] engine::Outcome<Response> add(Exchange& exchange);
/// {"items":[…],"removed":[…]}, oldest first; `removable` is what the caller may remove.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// The bytes, under headers that keep a browser from running anything in them.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);

/// 403, 404, 409 as engine/documents/attachments.hpp says.
[[nodiscard]] engine::Outcome<Response> remove(Exchange& exchange);

} // namespace banjie::api::attachments
