#pragma once
// Inside the transport (Asio): an HTTP session over TCP, or over TLS where there is a certificate.

#include "api/transport/connection.hpp"

namespace banjie::api {

/// On the worker's thread. The connection has been counted in `Traffic::connections`.
void open_http_connection(std::shared_ptr<Worker> worker, Socket socket);

} // namespace banjie::api
