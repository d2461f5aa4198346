#pragma once
// The incoming side of a connection: bytes as they come, and the request that they are read into.

#include "api/request/http.hpp"
#include "api/transport/request_reader.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace banjie::api {

/// One request after the other: bytes that a client sends ahead stay in the buffer.
class Incoming {
public:
    /// `admit_body` as for RequestReader.
    explicit Incoming(AdmitBody admit_body);

    /// Returns where the next bytes go. Empty if the buffer is at its bound: a chunk or trailer
    /// that does not end.
    [[nodiscard]] std::span<char> place();
    /// Takes in as many bytes of that place.
    void add(std::size_t bytes) { end_ += bytes; }
    /// Returns whether there are no bytes that have not been read.
    [[nodiscard]] bool is_empty() const { return begin_ == end_; }

    enum class Progress {
        nothing, // no request has begun
        head,    // the rest as in RequestReader
        body,
        done,
        refused,
    };
    /// Reads on. The first byte begins a request.
    [[nodiscard]] Progress read();

    /// Returns whether a request has begun that is not finished.
    [[nodiscard]] bool has_request() const { return reader_.has_value(); }
    [[nodiscard]] Request& request() { return reader_->request(); }
    [[nodiscard]] RequestFrame const& frame() const { return reader_->frame(); }
    [[nodiscard]] Response const& refusal() const { return reader_->refusal(); }
    /// Forgets the request, once it has been answered.
    void finish() { reader_.reset(); }

    /// Drops all bytes that have not been read. Returns how many it has dropped altogether.
    std::size_t drop();

private:
    void skip_empty_lines();

    AdmitBody const admit_body_;
    std::vector<char> bytes_;
    std::size_t begin_ = 0, end_ = 0; // of what has come and is not read
    std::size_t dropped_ = 0;
    std::optional<RequestReader> reader_;
};

} // namespace banjie::api
