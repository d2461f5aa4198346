#include "api/transport/forwarding.hpp"

#include "api/request/refusal_codes.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace banjie::api {

namespace ip = boost::asio::ip;
using boost::beast::iequals;
using boost::system::error_code;
using engine::Outcome;
using engine::Refusal;

namespace {

std::string_view trimmed(std::string_view text) {
    auto const from = std::min(text.find_first_not_of(" \t"), text.size());
    auto const to = text.find_last_not_of(" \t");
    return to == std::string_view::npos ? std::string_view() : text.substr(from, to + 1 - from);
}

/// Takes the last entry off a list; nullopt when there is none left. Empty entries do not count
/// (RFC 9110, 5.6.1).
std::optional<std::string_view> take_last(std::string_view& list) {
    while (!list.empty()) {
        auto const comma = list.rfind(',');
        auto const entry = trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
        if (!entry.empty()) return entry;
    }
    return std::nullopt;
}

/// Some proxies write the port too: "10.0.0.5:4711", "[fd00::5]:4711".
std::optional<ip::address> address_of(std::string_view text) {
    if (text.starts_with('[')) {
        text = text.substr(1, text.find(']') - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    error_code error;
    auto const address = ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    return plain(address);
}

/// What the outermost of so many proxies wrote: each adds its value at the right, or leaves the one
/// that is there.
std::string_view written_by_outermost(std::string_view list, std::size_t proxies) {
    std::string_view value;
    for (std::size_t i = 0; i < proxies; ++i) {
        auto const entry = take_last(list);
        if (!entry) break;
        value = *entry;
    }
    return value;
}

/// Returns whether it is a name or address with an optional port, as in Host.
bool is_host(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~:[]%").find(c) != std::string_view::npos;
    });
}

Refusal malformed(std::string_view field, std::string_view what) {
    return {.code = "malformed_http"_code,
            .detail = "The header field " + std::string(field) +
                      " that a declared proxy sent does not contain " + std::string(what) + ".",
            .help = "Compare the proxy's configuration with the samples in the manual."};
}

} // namespace

ip::address plain(ip::address const& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

Outcome<Proxies> Proxies::named(std::span<std::string const> texts) {
    for (auto const& text : texts)
        if (!engine::AddressList::from({text}))
            return Refusal{.code = "bad_proxy"_code,
                           .detail =
                               "'" + text +
                               "' is neither the address of a proxy nor a block of addresses.",
                           .help = "Give, for example, 127.0.0.1, 10.0.0.0/24 or fd00::/64."};
    Proxies proxies;
    proxies.list_ = engine::AddressList::from({texts.begin(), texts.end()}).value();
    return proxies;
}

Outcome<PublicOrigin> PublicOrigin::from(std::string_view text) {
    auto const url = boost::urls::parse_absolute_uri(text);
    bool const is_origin = url && (url->scheme() == "https" || url->scheme() == "http") &&
                           !url->encoded_host().empty() && !url->has_userinfo() &&
                           !url->has_query() &&
                           (url->encoded_path().empty() || url->encoded_path() == "/");
    if (!is_origin)
        return Refusal{.code = "bad_public_origin"_code,
                       .detail = "The public origin '" + std::string(text) +
                                 "' is not a scheme and a host.",
                       .help = "Give, for example, https://banjie.example.cn, without a path."};
    PublicOrigin origin{.secure = url->scheme() == "https",
                        .host = std::string(url->encoded_host())};
    std::ranges::transform(origin.host, origin.host.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    if (!url->port().empty() && url->port() != (origin.secure ? "443" : "80"))
        origin.host += ":" + std::string(url->port());
    return origin;
}

Outcome<Sender> Forwarding::sender_of(ip::address const& peer, Sender sender,
                                      RequestFrame const& frame) const {
    bool const asks_public_host = origin_ && iequals(sender.host, origin_->host);
    sender.of_this_machine = peer.is_loopback() && !frame.forwarded && !asks_public_host;
    if (origin_ && !sender.of_this_machine) {
        sender.host = origin_->host;
        sender.secure = sender.secure || origin_->secure;
    }
    if (!frame.forwarded || !proxies_.has(peer)) return sender;
    std::size_t passed = 1; // proxies
    auto list = std::string_view(frame.forwarded_for);
    while (auto const entry = take_last(list)) {
        auto const address = address_of(*entry);
        if (!address) return malformed("X-Forwarded-For", "addresses");
        sender.address = address->to_string();
        if (!proxies_.has(*address)) break;
        ++passed;
    }
    if (origin_) return sender;
    if (auto const scheme = written_by_outermost(frame.forwarded_proto, passed); !scheme.empty()) {
        sender.secure = iequals(scheme, "https");
        if (!sender.secure && !iequals(scheme, "http"))
            return malformed("X-Forwarded-Proto", "http or https");
    }
    if (auto const host = written_by_outermost(frame.forwarded_host, passed); !host.empty()) {
        if (!is_host(host)) return malformed("X-Forwarded-Host", "a host");
        sender.host = host;
    }
    return sender;
}

} // namespace banjie::api
