#pragma once
// One connection of the load: kept open, one request at a time.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace banjie::load {

/// Target of the load: an http:// server, its address resolved.
struct LoadTarget {
    boost::asio::ip::tcp::endpoint endpoint;
    std::string host;
    std::chrono::seconds patience{}; // how long the server may be gone
};

struct LoadAnswer {
    unsigned status = 0; // 0: the connection ended without an answer
    std::string body;
    std::uint64_t version = 0;    // from its ETag; 0: it has none
    bool says_when_again = false; // it has a Retry-After
    bool stays_open = false;
    std::chrono::microseconds took{};
    [[nodiscard]] bool good() const { return status >= 200 && status < 300; }
};

class Line {
public:
    explicit Line(LoadTarget const& to);
    ~Line();

    /// Connects. Throws boost::system::system_error, as every function here.
    boost::asio::awaitable<void> connect();
    /// Sends a POST, or a GET if there is no body. The key, if any, goes as Idempotency-Key. While
    /// the target's patience lasts, repeats a request that gets no answer.
    boost::asio::awaitable<LoadAnswer> ask(std::string const& target, std::string const& token,
                                           nlohmann::json const& body = nullptr,
                                           std::string const& key = {});

private:
    struct Wire;
    boost::asio::awaitable<LoadAnswer> ask_once(std::string const& target, std::string const& token,
                                                nlohmann::json const& body, std::string const& key);
    LoadTarget const& to_;
    std::unique_ptr<Wire> wire_;
};

} // namespace banjie::load
