#pragma once
// An event of the stream as the world outside gets it: CloudEvents 1.0 in JSON.
//
//   {"specversion":"1.0", "id":"<seq>", "source":"/banjie", "type":"banjie.<workflow>.<event>",
//    "subject":"<id>", "time":"…", "datacontenttype":"application/json", "data":{the event},
//    "cursor":"<token that resumes after it>"}

#include "engine/events/event_stream.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace banjie::api {

[[nodiscard]] std::string cloud_event_text(engine::StreamEvent const& event);

/// The sequence number behind `after`; that of the newest event for "now". A cursor ahead of the
/// stream (the store has been restored from an older backup) is refused as "bad_cursor": waiting
/// for it would skip what happens now.
[[nodiscard]] engine::Outcome<std::uint64_t> position_of(std::string_view after,
                                                         engine::EventStream const& stream);

} // namespace banjie::api
