#include "tools/attackers/wire.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <charconv>

namespace banjie::attack {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using std::chrono::steady_clock;

std::string Reply::code() const {
    if (auto code = text_in(body, "code"); !good() && !code.empty()) return code;
    return status == 0 ? "closed" : std::to_string(status);
}

std::string request_text(std::string_view target, std::string_view token, std::string_view body) {
    std::string text(body.empty() ? "GET " : "POST ");
    text.append(target).append(" HTTP/1.1\r\nHost: banjie\r\n");
    if (!token.empty()) text.append("Authorization: Bearer ").append(token).append("\r\n");
    if (!body.empty())
        text.append("Content-Type: application/json\r\nContent-Length: ")
            .append(std::to_string(body.size()))
            .append("\r\n");
    return text.append("\r\n").append(body);
}

std::string text_in(std::string_view json, std::string_view name, std::size_t after) {
    std::string const key = '"' + std::string(name) + "\":\"";
    auto const at = json.find(key, after);
    if (at == std::string_view::npos) return {};
    auto const begin = at + key.size();
    return std::string(json.substr(begin, json.find('"', begin) - begin));
}

awaitable<void> pause(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(use_awaitable);
}

awaitable<void> Wire::open() {
    socket_.open(route_.server.protocol());
    socket_.bind({route_.from, 0});
    co_await socket_.async_connect(route_.server, use_awaitable);
    socket_.set_option(asio::ip::tcp::no_delay(true));
}

awaitable<void> Wire::say(std::string_view bytes) {
    co_await asio::async_write(socket_, asio::buffer(bytes), use_awaitable);
}

awaitable<bool> Wire::hear_more() {
    std::array<char, 16'384> bytes;
    boost::system::error_code ended;
    auto const count = co_await socket_.async_read_some(asio::buffer(bytes),
                                                        asio::redirect_error(use_awaitable, ended));
    heard_.append(bytes.data(), count);
    co_return !ended;
}

awaitable<Reply> Wire::hear() {
    Reply reply;
    std::size_t end = 0;
    while ((end = heard_.find("\r\n\r\n")) == std::string::npos) {
        bool const more = co_await hear_more();
        if (!more) co_return reply;
    }
    reply.head = heard_.substr(0, end + 2);
    std::size_t length = 0;
    constexpr std::string_view field = "Content-Length: ";
    if (auto const at = reply.head.find(field); at != std::string::npos)
        std::from_chars(reply.head.data() + at + field.size(),
                        reply.head.data() + reply.head.size(), length);
    while (heard_.size() < end + 4 + length) {
        bool const more = co_await hear_more();
        if (!more) co_return reply;
    }
    std::from_chars(reply.head.data() + 9, reply.head.data() + 12, reply.status);
    reply.body = heard_.substr(end + 4, length);
    heard_.erase(0, end + 4 + length);
    co_return reply;
}

awaitable<Reply> Wire::ask(std::string_view target, std::string_view token, std::string_view body) {
    auto const began = steady_clock::now();
    auto const text = request_text(target, token, body);
    co_await say(text);
    auto reply = co_await hear();
    reply.took_ms = std::chrono::duration<double, std::milli>(steady_clock::now() - began).count();
    co_return reply;
}

awaitable<std::size_t> Wire::drain() {
    auto count = heard_.size();
    for (bool more = true; more;) {
        heard_.clear();
        more = co_await hear_more();
        count += heard_.size();
    }
    heard_.clear();
    co_return count;
}

} // namespace banjie::attack
