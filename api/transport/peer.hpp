#pragma once
// The other end of a connection, and for whom it sends each request.

#include "api/request/http.hpp"
#include "api/transport/connection.hpp"

#include <optional>
#include <string>

namespace banjie::api {

class Peer {
public:
    Peer(Traffic& traffic, boost::asio::ip::address const& address, bool secure)
        : traffic_(traffic), address_(address), text_(address.to_string()), sender_(text_),
          secure_(secure) {}

    /// Writes into the request who sends it: the peer, or for whom a proxy asks. Does nothing if
    /// that was done before. Returns a refusal if a proxy has written what cannot be read.
    [[nodiscard]] std::optional<Response> identify(Request& request, RequestFrame const& frame);
    /// Returns the address of the last request's sender.
    [[nodiscard]] std::string const& sender() const { return sender_; }
    [[nodiscard]] bool secure() const { return secure_; }

private:
    void warn_of_forgotten_proxy();

    Traffic& traffic_;
    boost::asio::ip::address const address_;
    std::string const text_; // of it
    std::string sender_;
    bool const secure_; // over TLS
};

} // namespace banjie::api
