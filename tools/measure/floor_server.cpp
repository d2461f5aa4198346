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

/// Returns what Banjie answers when a visit is logged.
json answer() {
    return json::parse(R"({
        "id": "01M8EHVH6XXEYRS5", "workflow": "problem", "version": 8,
        "state": "awaiting_visit", "stage": "revisit", "light": "on_time", "supervision": "normal",
        "accepted_by_grassroots": "satisfied", "assigned_at": "2026-11-27T21:06:59.934+08:00",
        "category": "transport",
        "description": "通村公路尚有三公里未硬化，雨天无法通行，沿线两个村六百余户群众出行困难，请求协调解决。",
        "due_at": "2026-12-04T23:59:59.999+08:00", "due_clock": "visit",
        "due_soon_at": "2026-12-01T23:59:59.999+08:00",
        "handle_due_at": "2026-12-18T23:59:59.999+08:00",
        "handled_at": "2026-11-27T21:06:59.936+08:00", "handled_late": false,
        "lead_unit": "360731-transport", "level": "county",
        "measures": "三公里路段已硬化并通过验收。", "region": "360731100", "reporter": "township",
        "reporting_unit": "360731100", "result": "solved", "source": "reported",
        "thoroughly_resolved": "yes", "title": "断头路影响群众出行", "visit_count": 1,
        "visit_due_at": "2026-12-04T23:59:59.999+08:00", "visit_method": "on_site",
        "visited_at": "2026-11-27T21:06:59.938+08:00", "visits_failed": 0, "visits_logged": 1,
        "created_at": "2026-11-27T21:06:59.933+08:00",
        "updated_at": "2026-11-27T21:06:59.938+08:00"})");
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
