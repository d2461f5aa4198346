#pragma once
// An event of the stream as the world outside gets it: CloudEvents 1.0 in JSON.
//
//   {"specversion":"1.0", "id":"<seq>", "source":"/banjie", "type":"banjie.<workflow>.<event>",
//    "subject":"<id>", "time":"…", "datacontenttype":"application/json", "data":{the event},
//    "cursor":"<token that resumes after it>"}

#include "engine/event_stream.hpp"

#include <string>

namespace banjie::api {

[[nodiscard]] std::string cloud_event_text(engine::StreamEvent const& event);

} // namespace banjie::api
