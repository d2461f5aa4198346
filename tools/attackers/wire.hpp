#pragma once
// One connection to a server, from an address of its own, that can be used badly: nothing here
// keeps to HTTP but `ask`.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace banjie::attack {

struct Route {
    boost::asio::ip::tcp::endpoint server;
    boost::asio::ip::address from;
};

struct Reply {
    int status = 0; // 0: the connection ended without one
    std::string head, body;
    double took_ms = 0;
    [[nodiscard]] bool good() const { return status >= 200 && status < 300; }
    /// Returns the refusal's code, or the status.
    [[nodiscard]] std::string code() const;
};

/// Returns the text of a request. A GET if the body is empty.
[[nodiscard]] std::string request_text(std::string_view target, std::string_view token,
                                       std::string_view body = {});
/// Returns the first text of that name in JSON, without parsing it; empty if there is none.
[[nodiscard]] std::string text_in(std::string_view json, std::string_view name,
                                  std::size_t after = 0);

boost::asio::awaitable<void> pause(std::chrono::milliseconds time);

/// Throws boost::system::system_error where a connection breaks.
class Wire {
public:
    Wire(boost::asio::any_io_executor const& executor, Route route)
        : socket_(executor), route_(std::move(route)) {}

    boost::asio::awaitable<void> open();
    boost::asio::awaitable<void> say(std::string_view bytes);
    /// Returns the next response.
    boost::asio::awaitable<Reply> hear();
    /// Says the request, and returns its response.
    boost::asio::awaitable<Reply> ask(std::string_view target, std::string_view token,
                                      std::string_view body = {});
    /// Reads and drops what comes, until the server ends it. Returns how many bytes came.
    boost::asio::awaitable<std::size_t> drain();
    [[nodiscard]] boost::asio::ip::tcp::socket& socket() { return socket_; }

private:
    boost::asio::awaitable<bool> hear_more();

    boost::asio::ip::tcp::socket socket_;
    Route route_;
    std::string heard_;
};

} // namespace banjie::attack
