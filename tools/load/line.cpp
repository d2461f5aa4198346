#include "tools/load/line.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <charconv>

namespace banjie::load {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::awaitable;
using asio::use_awaitable;

namespace {

/// Returns the version that an ETag has in quotes.
std::uint64_t version_of(std::string_view etag) {
    std::uint64_t version = 0;
    if (etag.size() > 2) std::from_chars(etag.data() + 1, etag.data() + etag.size() - 1, version);
    return version;
}

} // namespace

struct Line::Wire {
    explicit Wire(asio::any_io_executor const& executor) : stream(executor) {}
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
};

Line::Line(LoadTarget const& to) : to_(to) {}
Line::~Line() = default;

awaitable<void> Line::connect() {
    wire_ = std::make_unique<Wire>(co_await asio::this_coro::executor);
    co_await wire_->stream.async_connect(to_.endpoint, use_awaitable);
    wire_->stream.socket().set_option(asio::ip::tcp::no_delay(true));
}

awaitable<LoadAnswer> Line::ask(std::string const& target, std::string const& token,
                                nlohmann::json const& body, std::string const& key) {
    if (to_.patience.count() == 0) co_return co_await ask_once(target, token, body, key);
    auto const until = std::chrono::steady_clock::now() + to_.patience;
    for (;;) {
        std::exception_ptr broken;
        try {
            if (!wire_) co_await connect();
            co_return co_await ask_once(target, token, body, key);
        } catch (boost::system::system_error const&) {
            broken = std::current_exception();
        }
        wire_.reset();
        if (std::chrono::steady_clock::now() > until) std::rethrow_exception(broken);
        asio::steady_timer pause(co_await asio::this_coro::executor, std::chrono::milliseconds(20));
        co_await pause.async_wait(use_awaitable);
    }
}

awaitable<LoadAnswer> Line::ask_once(std::string const& target, std::string const& token,
                                     nlohmann::json const& body, std::string const& key) {
    http::request<http::string_body> request(body.is_null() ? http::verb::get : http::verb::post,
                                             target, 11);
    request.set(http::field::host, to_.host);
    if (!token.empty()) request.set(http::field::authorization, "Bearer " + token);
    if (!key.empty()) request.set("Idempotency-Key", key);
    if (!body.is_null()) {
        request.set(http::field::content_type, "application/json");
        request.body() = body.dump();
    }
    request.prepare_payload();
    auto const began = std::chrono::steady_clock::now();
    co_await http::async_write(wire_->stream, request, use_awaitable);
    http::response<http::string_body> response;
    co_await http::async_read(wire_->stream, wire_->buffer, response, use_awaitable);
    LoadAnswer answer;
    answer.took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began);
    answer.status = response.result_int();
    answer.version = version_of(response[http::field::etag]);
    answer.says_when_again = response.count(http::field::retry_after) > 0;
    answer.stays_open = response.keep_alive();
    answer.body = std::move(response.body());
    co_return answer;
}

} // namespace banjie::load
