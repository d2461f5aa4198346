#pragma once
// The outgoing side of a connection: one response as bytes, and the room that they take.

#include "api/request/http.hpp"
#include "api/request/rooms.hpp"
#include "api/transport/connection.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace banjie::api {

/// The properties of a request that decide how it is answered.
struct Asked {
    bool secure = false;      // as the client sent it
    bool is_read = true;      // changes nothing, so it can be asked again
    bool never_stored = true; // by caches
    bool takes_gzip = false;
    bool old_version = false;  // HTTP/1.0
    bool without_body = false; // HEAD
};

/// A file is sent in pieces, each read when the one before it has been taken.
class Outgoing {
public:
    explicit Outgoing(ServerOptions const& options) : options_(options) {}

    /// Makes the bytes of the response. It holds its room until they are taken. Where the share of
    /// its account or of the sender's address is used up, another response takes its place.
    void begin(Response response, Asked const& asked, std::string const& sender, Worker& worker,
               bool keep_alive);
    /// Returns the bytes in memory that the peer has not taken.
    [[nodiscard]] std::string_view rest() const { return std::string_view(bytes_).substr(at_); }
    void take(std::size_t bytes);
    /// Reads the next piece of a file if nothing else is left. Waits for the disk. Returns false if
    /// the file cannot be read.
    [[nodiscard]] bool fill();
    [[nodiscard]] bool has_begun() const { return taken_ > 0; }
    /// Returns until when the peer has to take more: it may take nothing for a while, and not less
    /// than the pace that it owes.
    [[nodiscard]] Moment deadline(Moment now) const;
    /// Gives the room back, and most of the memory.
    void finish();
    /// Gives everything back.
    void clear();

private:
    [[nodiscard]] bool make_room(Response& response, bool is_read, std::string const& sender);

    ServerOptions const& options_;
    std::string bytes_;
    std::size_t at_ = 0;                        // of bytes_, what comes next
    std::shared_ptr<storage::Blob const> file_; // until all of it is in bytes_
    std::uint64_t file_at_ = 0;
    std::uint64_t taken_ = 0; // of the whole response
    std::shared_ptr<Room> room_;
    Moment began_{};
};

/// Refuses for now: too many of these are there.
[[nodiscard]] Response busy(std::string_view what);

} // namespace banjie::api
