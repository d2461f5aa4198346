#pragma once
// Inside the transport (Asio): one WebSocket that events are sent over.

#include "api/feed/event_feed.hpp"
#include "api/transport/connection.hpp"
#include "api/transport/request_reader.hpp"

namespace banjie::api {

/// On the worker's thread. Answers the upgrade of `frame`, then sends what the subscription has.
/// The feed has been counted in `Traffic::feeds`; `place` is its place among those of its account.
void open_feed_session(std::shared_ptr<Worker> worker, Socket stream, RequestFrame const& frame,
                       std::unique_ptr<Subscription> subscription, std::shared_ptr<Room> place);
void open_feed_session(std::shared_ptr<Worker> worker, TlsSocket stream, RequestFrame const& frame,
                       std::unique_ptr<Subscription> subscription, std::shared_ptr<Room> place);

} // namespace banjie::api
