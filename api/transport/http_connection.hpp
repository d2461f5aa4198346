#pragma once
// Inside the transport (Asio): an HTTP session over TCP, or over TLS where there is a certificate.

#include "api/transport/connection.hpp"

namespace banjie::api {

/// On the worker's thread. The connection has been counted in `Traffic::connections`; `place` is
/// its place among those of its address, and nullptr where those are not counted.
void open_http_connection(std::shared_ptr<Worker> worker, Socket socket,
                          std::shared_ptr<Room> place);

} // namespace banjie::api
