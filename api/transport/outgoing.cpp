#include "api/transport/outgoing.hpp"

#include "api/request/refusal_codes.hpp"
#include "api/request/refusal_document.hpp"
#include "api/transport/packing.hpp"
#include "api/transport/response_text.hpp"
#include "engine/documents/attachment_files.hpp"

#include <spdlog/spdlog.h>

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
    if (!asked.without_body) file_ = std::move(response.file);
    at_ = 0;
    file_at_ = taken_ = 0;
    began_ = worker.now();
}

void Outgoing::take(std::size_t bytes) {
    at_ += bytes;
    taken_ += bytes;
}

bool Outgoing::fill() {
    if (!file_ || at_ < bytes_.size()) return true;
    bytes_.resize(std::min<std::uint64_t>(limits::file_piece_bytes, file_->size() - file_at_));
    at_ = 0;
    auto const read = file_->read(file_at_, bytes_);
    if (!read) spdlog::error("A file could not be sent to its end: {}", read.error().detail);
    file_at_ += bytes_.size();
    if (!read || file_at_ == file_->size()) file_.reset();
    return read.has_value();
}

// What was read may be asked for again, but what was done is said.
bool Outgoing::make_room(Response& response, bool is_read, std::string const& sender) {
    auto const bytes = std::min<std::uint64_t>(
        response.body_bytes(), response.file ? limits::file_piece_bytes : response.body.size());
    room_.reset();
    if (bytes <= limits::small_answer_bytes) return true;
    room_ = options_.answers->open(std::move(response.account), sender);
    if (is_read) return room_->hold(bytes);
    room_->hold_anyway(bytes);
    return true;
}

Moment Outgoing::deadline(Moment now) const {
    auto const& time = options_.write_time;
    std::chrono::seconds const owed(taken_ / limits::slowest_taken_bytes_per_s);
    return std::min(now + time, began_ + time + owed);
}

void Outgoing::finish() {
    if (bytes_.capacity() > kept_bytes) std::string().swap(bytes_);
    file_.reset();
    room_.reset();
}

void Outgoing::clear() {
    std::string().swap(bytes_);
    file_.reset();
    room_.reset();
    at_ = 0;
    taken_ = 0;
}

Response busy(std::string_view what) {
    return refusal_response(
        {.code = "busy"_code,
         .detail = "Cannot carry out the request: too many " + std::string(what) + ".",
         .help = "Try again in a moment.",
         .kind = engine::RefusalKind::unavailable});
}

} // namespace banjie::api
