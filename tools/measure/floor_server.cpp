#include "tools/measure/measure.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <thread>

namespace banjie::measure {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::use_awaitable;
using nlohmann::json;

json answer() {
    json facts;
    for (int i = 0; i < 24; ++i) facts["fact_" + std::to_string(i)] = "a value of usual length";
    return facts;
}

asio::awaitable<void> serve_one(asio::ip::tcp::socket socket) {
    socket.set_option(asio::ip::tcp::no_delay(true));
    boost::beast::flat_buffer buffer;
    json const shown = answer();
    for (;;) {
        http::request<http::string_body> request;
        boost::system::error_code failed;
        co_await http::async_read(socket, buffer, request,
                                  asio::redirect_error(use_awaitable, failed));
        if (failed) co_return;
        auto const read = json::parse(request.body(), nullptr, false);
        http::response<http::string_body> response(http::status::ok, 11);
        response.set(http::field::content_type, "application/json");
        response.body() = shown.dump();
        if (read.is_discarded()) response.result(http::status::bad_request);
        response.prepare_payload();
        co_await http::async_write(socket, response, use_awaitable);
    }
}

} // namespace

int serve(unsigned short port) {
    std::vector<std::unique_ptr<asio::io_context>> contexts;
    for (int i = 0; i < 2; ++i) contexts.push_back(std::make_unique<asio::io_context>(1));
    asio::ip::tcp::acceptor acceptor(*contexts[0], {asio::ip::make_address("127.0.0.1"), port});
    auto const accept = [&]() -> asio::awaitable<void> {
        for (std::size_t next = 0;; ++next) {
            auto& context = *contexts[next % contexts.size()];
            auto socket = co_await acceptor.async_accept(context, use_awaitable);
            asio::co_spawn(context, serve_one(std::move(socket)), asio::detached);
        }
    };
    auto const work = asio::make_work_guard(*contexts[1]);
    asio::co_spawn(*contexts[0], accept(), asio::detached);
    std::jthread const second([&] { contexts[1]->run(); });
    contexts[0]->run();
    return 0;
}

} // namespace banjie::measure
