#pragma once
// One connection of the load: kept open, one request at a time.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace banjie::api::command_line {

/// Where the load goes: an http:// server, looked up.
struct LoadTarget {
    boost::asio::ip::tcp::endpoint endpoint;
    std::string host;
};

struct LoadAnswer {
    unsigned status = 0; // 0: the connection ended without an answer
    std::string body;
    bool says_when_again = false; // it has a Retry-After
    bool stays_open = false;
    std::chrono::microseconds took{};
    [[nodiscard]] bool good() const { return status >= 200 && status < 300; }
};

class Line {
public:
    explicit Line(LoadTarget const& to);
    ~Line();

    /// Throws boost::system::system_error, as everything here.
    boost::asio::awaitable<void> connect();
    /// A GET when there is no body.
    boost::asio::awaitable<LoadAnswer> ask(std::string const& target, std::string const& token,
                                           nlohmann::json const& body = nullptr);

private:
    struct Wire;
    LoadTarget const& to_;
    std::unique_ptr<Wire> wire_;
};

} // namespace banjie::api::command_line
