#pragma once
// An event of the stream in its external form: CloudEvents 1.0 in JSON.
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

/// Returns the sequence number in `after`, or that of the newest event for "now". Refuses with
/// "bad_cursor" a cursor ahead of the stream (the store was restored from an older backup), since
/// waiting for that position would skip the events until then.
[[nodiscard]] engine::Outcome<std::uint64_t> position_of(std::string_view after,
                                                         engine::EventStream const& stream);

} // namespace banjie::api
