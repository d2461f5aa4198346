#pragma once
// The server's certificate and key. Only the sources of the transport include this (Asio).

#include "engine/outcome.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>

namespace banjie::api {

/// TLS 1.2 and 1.3; names HTTP/1.1 to clients that ask which protocol (ALPN). Refused, code
/// "bad_certificate", when a file is missing, is not PEM, is encrypted, or the key is not the
/// certificate's.
[[nodiscard]] engine::Outcome<std::shared_ptr<boost::asio::ssl::context>>
load_tls(std::string const& certificate_file, std::string const& key_file);

/// Returns until when the certificate is valid.
[[nodiscard]] engine::Time end_of_certificate(boost::asio::ssl::context& context);

} // namespace banjie::api
