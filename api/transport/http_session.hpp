#pragma once
// Inside the transport (Asio): one connection that speaks HTTP.

#include "api/transport/connection.hpp"

namespace banjie::api {

/// On the worker's thread. The connection has been counted in `Traffic::connections`.
void open_http_session(std::shared_ptr<Worker> worker, Socket socket);

} // namespace banjie::api
