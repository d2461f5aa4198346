#include "api/transport/peer.hpp"

#include "api/request/refusal_document.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace banjie::api {

std::optional<Response> Peer::identify(Request& request, RequestFrame const& frame) {
    if (!request.address.empty()) return std::nullopt; // its body was asked about
    auto const& forwarding = traffic_.forwarding;
    auto sender = forwarding.sender_of(
        address_, {.address = text_, .host = std::move(request.host), .secure = secure_}, frame);
    if (!sender) return refusal_response(sender.error());
    if (forwarding.is_forgotten_proxy(address_, frame)) warn_of_forgotten_proxy();
    request.host = std::move(sender->host);
    request.secure = sender->secure;
    request.of_this_machine = sender->of_this_machine;
    if (sender_ != sender->address) sender_ = sender->address;
    request.address = std::move(sender->address);
    return std::nullopt;
}

void Peer::warn_of_forgotten_proxy() {
    if (traffic_.has_warned_of_proxy.exchange(true)) return;
    spdlog::warn("Requests come through a proxy at {} that --proxy does not name: its clients "
                 "share one address, and none of them is this machine",
                 text_);
}

} // namespace banjie::api
