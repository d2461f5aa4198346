#pragma once
// Inside the transport (Asio): one WebSocket that events are sent over.

#include "api/feed/event_feed.hpp"
#include "api/transport/connection.hpp"
#include "api/transport/request_reader.hpp"

namespace banjie::api {

/// On the worker's thread. Answers the upgrade of `frame`, then sends what the subscription has.
/// The feed has been counted in `Traffic::feeds`.
void open_feed_session(std::shared_ptr<Worker> worker, Socket stream, RequestFrame const& frame,
                       std::unique_ptr<Subscription> subscription);
void open_feed_session(std::shared_ptr<Worker> worker, TlsSocket stream, RequestFrame const& frame,
                       std::unique_ptr<Subscription> subscription);

} // namespace banjie::api
