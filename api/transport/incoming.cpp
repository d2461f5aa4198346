#include "api/transport/incoming.hpp"

#include "api/limits.hpp"

#include <cstring>
#include <utility>

namespace banjie::api {

namespace {

constexpr std::size_t first_bytes = 8'192;
constexpr std::size_t most_bytes = 2 * limits::head_bytes;

Incoming::Progress progress_of(RequestReader::Progress progress) {
    switch (progress) {
    case RequestReader::Progress::head:
        return Incoming::Progress::head;
    case RequestReader::Progress::body:
        return Incoming::Progress::body;
    case RequestReader::Progress::done:
        return Incoming::Progress::done;
    case RequestReader::Progress::refused:
        break;
    }
    return Incoming::Progress::refused;
}

} // namespace

Incoming::Incoming(AdmitBody admit_body)
    : admit_body_(std::move(admit_body)), bytes_(first_bytes) {}

std::span<char> Incoming::place() {
    if (begin_ > 0) {
        std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == bytes_.size() && end_ < most_bytes) bytes_.resize(bytes_.size() * 2);
    return std::span(bytes_).subspan(end_);
}

// Old clients end a body with an empty line.
void Incoming::skip_empty_lines() {
    while (begin_ != end_ && (bytes_[begin_] == '\r' || bytes_[begin_] == '\n')) ++begin_;
}

Incoming::Progress Incoming::read() {
    if (!reader_) skip_empty_lines();
    if (begin_ == end_) return reader_ ? Progress::head : Progress::nothing;
    if (!reader_) reader_.emplace(admit_body_);
    std::size_t taken = 0;
    auto const progress = reader_->read({bytes_.data() + begin_, end_ - begin_}, taken);
    begin_ += taken;
    return progress_of(progress);
}

std::size_t Incoming::drop() {
    dropped_ += end_ - begin_;
    begin_ = end_ = 0;
    return dropped_;
}

} // namespace banjie::api
