#pragma once
// Photos, papers and videos attached to instances.

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

/// Returns whether the workflow takes attachments.
[[nodiscard]] inline bool is_for(engine::Workflow const& workflow) {
    return !workflow.attachments().empty();
}

/// Refuses whatever `add` would refuse without the file.
[[nodiscard]] engine::Outcome<void> admit(Exchange& exchange, std::uint64_t bytes);
/// Attaches the file in the body, of at most engine::limits::attachment_bytes. Refuses as
/// documented in api/files/ and engine/documents/attachments.hpp. The name in the response is the
/// name as stored.
[[nodiscard]] engine::Outcome<Response> add(Exchange& exchange);
/// Returns {"items":[…],"removed":[…]}, oldest first; `removable` marks those that the caller may
/// remove.
[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Returns the bytes, with headers that keep a browser from running any script in them.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);

/// Removes the attachment. Refuses with 403, 404 or 409 as documented in
/// engine/documents/attachments.hpp.
[[nodiscard]] engine::Outcome<Response> remove(Exchange& exchange);

} // namespace banjie::api::attachments
