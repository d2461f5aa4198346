// The floor that Banjie is measured against: the least that the same libraries can do.
//   banjie_floor serve PORT       answers every request with JSON, having parsed its body
//   banjie_floor store FOLDER     synced writes of 64 commands in a group, 4 keys each

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <nlohmann/json.hpp>
#include <rocksdb/db.h>

#include <chrono>
#include <iostream>
#include <thread>

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

int store(std::string const& folder) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.allow_concurrent_memtable_write = false;
    rocksdb::DB* opened = nullptr;
    if (!rocksdb::DB::Open(options, folder, &opened).ok()) return 1;
    std::unique_ptr<rocksdb::DB> const db(opened);
    constexpr int groups = 500, commands = 64;
    std::string const instance(900, 'i'), entry(250, 'x'), event(700, 'e'), reply(60, 'r');
    rocksdb::WriteOptions synced;
    synced.sync = true;
    auto const began = std::chrono::steady_clock::now();
    for (int group = 0; group < groups; ++group) {
        rocksdb::WriteBatch batch;
        for (int i = 0; i < commands; ++i) {
            auto const id = std::to_string((group * commands + i) * 7919 % 1'000'003);
            batch.Put("I" + id, instance);
            batch.Put("X" + id, entry);
            batch.Put("E" + std::to_string(group * commands + i), event);
            batch.Put("R" + id, reply);
        }
        if (!db->Write(synced, &batch).ok()) return 1;
    }
    auto const took =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::cout << json{{"commands_per_s", groups * commands / took}}.dump() << "\n";
    return 0;
}

} // namespace

int main(int count, char** words) {
    std::string const what = count == 3 ? words[1] : "";
    if (what == "serve") return serve(static_cast<unsigned short>(std::stoi(words[2])));
    if (what == "store") return store(words[2]);
    std::cerr << "Expected: banjie_floor serve PORT | store FOLDER\n";
    return 2;
}
