#include "api/transport/outgoing.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"
#include "api/transport/packing.hpp"
#include "api/transport/response_text.hpp"

#include <algorithm>
#include <utility>

namespace banjie::api {

namespace {

constexpr std::size_t kept_bytes = 65'536; // of the memory for a response, between two

} // namespace

void Outgoing::begin(Response response, Asked const& asked, std::string const& sender,
                     Worker& worker, bool keep_alive) {
    if (response.write_body) response.body = response.write_body();
    if (asked.takes_gzip) pack(response);
    if (!make_room(response, asked.is_read, sender)) response = busy("answers are unread");
    ResponseFrame const frame{.date = worker.date(),
                              .keep_alive = keep_alive,
                              .old_version = asked.old_version,
                              .without_body = asked.without_body,
                              .never_stored = asked.never_stored,
                              .secure = asked.secure};
    bytes_.clear();
    append_response(bytes_, response, frame);
    room_ = std::move(response.room);
    taken_ = 0;
    began_ = worker.now();
}

// What was read may be asked for again, but what was done is said.
bool Outgoing::make_room(Response& response, bool is_read, std::string const& sender) {
    bool const counts = !response.room && response.body.size() > limits::small_answer_bytes;
    if (!counts) return true;
    response.room = options_.answers->open(std::move(response.account), sender);
    if (is_read) return response.room->hold(response.body.size());
    response.room->hold_anyway(response.body.size());
    return true;
}

Moment Outgoing::deadline(Moment now) const {
    auto const& time = options_.write_time;
    std::chrono::seconds const owed(taken_ / limits::slowest_taken_bytes_per_s);
    return std::min(now + time, began_ + time + owed);
}

void Outgoing::finish() {
    if (bytes_.capacity() > kept_bytes) std::string().swap(bytes_);
    room_.reset();
}

void Outgoing::clear() {
    std::string().swap(bytes_);
    room_.reset();
    taken_ = 0;
}

Response busy(std::string_view what) {
    return problem_response(
        {.code = "busy"_code,
         .detail = "Cannot carry out the request: too many " + std::string(what) + ".",
         .help = "Try again in a moment.",
         .kind = engine::RefusalKind::unavailable});
}

} // namespace banjie::api
