#pragma once
// A client that sends exactly the bytes of a test, and never waits for ever.

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace banjie::api {

inline constexpr std::chrono::seconds patience{10};

/// Runs one asynchronous operation to its end. Fails a test that waits too long.
template <class Start>
boost::system::error_code wait_for(boost::asio::io_context& context, Start start) {
    std::optional<boost::system::error_code> result;
    start([&result](boost::system::error_code error, auto...) { result = error; });
    context.restart();
    while (!result && context.run_one_for(patience) > 0) {
    }
    REQUIRE_MESSAGE(result.has_value(), "the server kept the client waiting");
    return *result;
}

/// Waits until the condition is true or patience ends. Returns whether it is true.
inline bool eventually(std::function<bool()> const& condition) {
    auto const end = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

struct Received {
    int status = 0;
    std::string head; // with the status line
    std::string body;

    [[nodiscard]] bool has(std::string_view line) const {
        return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
    }
};

class Client {
public:
    explicit Client(std::uint16_t port) : socket_(context_) {
        socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    }

    /// Sends the bytes. Ignores errors, because a server may have closed already.
    void say(std::string_view bytes) {
        (void)wait_for(context_, [&](auto done) {
            boost::asio::async_write(socket_, boost::asio::buffer(bytes), done);
        });
    }
    [[nodiscard]] Received ask(std::string_view bytes) {
        say(bytes);
        return hear();
    }
    /// Returns the next response; status 0 if the connection ended instead.
    [[nodiscard]] Received hear(bool with_body = true) {
        Received received;
        std::size_t end = std::string::npos;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!hear_more()) return received;
        received.head = buffer_.substr(0, end + 2);
        buffer_.erase(0, end + 4);
        received.status = std::stoi(received.head.substr(9, 3));
        auto const at = received.head.find("Content-Length: ");
        if (!with_body || at == std::string::npos) return received;
        std::size_t const length = std::stoul(received.head.substr(at + 16));
        while (buffer_.size() < length)
            if (!hear_more()) break;
        received.body = buffer_.substr(0, length);
        buffer_.erase(0, length);
        return received;
    }
    /// Returns everything until the server closes.
    [[nodiscard]] std::string hear_out() {
        while (hear_more()) {
        }
        return std::exchange(buffer_, {});
    }
    [[nodiscard]] bool is_closed() { return hear_out().empty(); }

    void receive_buffer(int bytes) {
        socket_.set_option(boost::asio::socket_base::receive_buffer_size(bytes));
    }

private:
    bool hear_more() {
        char bytes[16'384];
        std::size_t count = 0;
        auto const error = wait_for(context_, [&](auto done) {
            socket_.async_read_some(boost::asio::buffer(bytes),
                                    [&count, done](boost::system::error_code why, std::size_t n) {
                                        count = n;
                                        done(why);
                                    });
        });
        buffer_.append(bytes, count);
        return !error;
    }

    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_;
    std::string buffer_;
};

} // namespace banjie::api
