#pragma once
// Who asks when proxies stand between. A proxy writes into header fields whom it asks for; whoever
// is not a declared proxy may write there what it likes. Only the sources of the transport include
// this (Asio).
//
// X-Forwarded-For is read from its right end: the peer itself has to be a declared proxy, each
// address that is one is passed over, and the first that is none is the client's. What stands
// further left was written by the client and is never looked at. X-Forwarded-Proto and
// X-Forwarded-Host have one value, or one for each proxy, read from the same end. Forwarded (RFC
// 7239) is not read.

#include "api/request/http.hpp"
#include "engine/outcome.hpp"
#include "engine/people/address_list.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace banjie::api {

/// Names proxies by address ("10.0.0.5", "fd00::5") and by block ("10.0.0.0/24").
class Proxies {
public:
    /// Refuses with "bad_proxy" if one is neither.
    [[nodiscard]] static engine::Outcome<Proxies> named(std::span<std::string const> texts);

    [[nodiscard]] bool empty() const { return list_.empty(); }
    [[nodiscard]] bool has(boost::asio::ip::address const& address) const {
        return list_.contains(address.to_string());
    }

private:
    engine::AddressList list_;
};

/// The address at which browsers ask the server, whatever proxies make of it on the way.
struct PublicOrigin {
    bool secure = false;
    std::string host; // with a port that is not the scheme's own

    /// Of a text such as "https://banjie.example.cn". Refused with code "bad_public_origin".
    [[nodiscard]] static engine::Outcome<PublicOrigin> from(std::string_view text);
};

/// What is known of the sender of a request.
struct Sender {
    std::string address;
    std::string host; // that the client asked
    bool secure = false;
    bool of_this_machine = false; // a program here, and no proxy in between
};

/// The same address, an IPv4 one that is written as IPv6 in its own form.
[[nodiscard]] boost::asio::ip::address plain(boost::asio::ip::address const& address);

class Forwarding {
public:
    Forwarding() = default;
    Forwarding(Proxies proxies, std::optional<PublicOrigin> origin)
        : proxies_(std::move(proxies)), origin_(std::move(origin)) {}

    /// `connection` is what the connection itself shows, with the Host of the request. Refused
    /// with code "malformed_http" when a declared proxy has written what cannot be read.
    [[nodiscard]] engine::Outcome<Sender> sender_of(boost::asio::ip::address const& peer,
                                                    Sender connection,
                                                    RequestFrame const& frame) const;

    /// Returns whether that peer was declared.
    [[nodiscard]] bool is_proxy(boost::asio::ip::address const& peer) const {
        return proxies_.has(peer);
    }

    /// Returns whether a program of this machine forwards for others and was not declared.
    [[nodiscard]] bool is_forgotten_proxy(boost::asio::ip::address const& peer,
                                          RequestFrame const& frame) const {
        return frame.forwarded && peer.is_loopback() && !proxies_.has(peer);
    }

private:
    Proxies proxies_;
    std::optional<PublicOrigin> origin_;
};

} // namespace banjie::api
