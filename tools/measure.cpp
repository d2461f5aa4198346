// What Banjie is measured against, and what no load over HTTP can show.
//   banjie_measure serve PORT     the least server: answers with JSON, having parsed the body
//   banjie_measure store FOLDER   the least store: 64 commands of 4 keys in one synced write
//   banjie_measure index N        the index of N problems: loading it, and its pages

#include "engine/index_entry.hpp"
#include "engine/instance_index.hpp"

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

/// Milliseconds that each of some calls took, the slowest last.
template <class Call>
std::pair<double, double> middle_and_slowest(Call call) {
    std::vector<double> took;
    for (int i = 0; i < 101; ++i) {
        auto const began = std::chrono::steady_clock::now();
        call(i);
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
                .count());
    }
    std::sort(took.begin(), took.end());
    return {took[took.size() / 2], took.back()};
}

std::string entry_of(std::size_t i) {
    using namespace banjie::engine;
    constexpr std::string_view states[] = {"screening", "awaiting_dispatch", "handling",
                                           "awaiting_visit", "closed"};
    constexpr std::string_view lights[] = {"on_time", "due_soon", "overdue"};
    std::string const region = "36" + std::to_string(1'000'000 + i * 7919 % 1'500'000);
    std::string const unit = "36-unit-" + std::to_string(i % 30);
    std::string const title = "第" + std::to_string(i) + "号难题：通村公路尚未硬化";
    IndexEntry entry;
    entry.workflow = "problem";
    entry.state = states[i % 5];
    entry.light = lights[i % 7 % 3];
    entry.supervision = "normal";
    entry.category = "transport";
    entry.source = "reported";
    entry.region = entry.reporting_unit = region;
    entry.lead_unit = unit;
    entry.title = title;
    entry.round = static_cast<std::int64_t>(i / 100'000);
    entry.created = Time(std::chrono::milliseconds(1'000 * i));
    entry.updated = Time(std::chrono::milliseconds(1'000 * i + i * 31 % 977));
    entry.due = Time(std::chrono::milliseconds(1'000 * (i * 7919 % 1'000'003)));
    if (i % 5 != 4) entry.wake = *entry.due;
    return encode(entry);
}

int index(std::size_t count) {
    using namespace banjie::engine;
    InstanceIndex index;
    auto const began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < count; ++i)
        if (!index.load("p" + std::to_string(1'000'000'000 + i), entry_of(i))) return 1;
    std::cout << count << " entries loaded in "
              << std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count()
              << " s\n";
    Actor province;
    province.organisation = province.region = "36";
    province.level = Level::province;
    province.roles = {Role::coordinator};
    auto const show = [&](char const* what, ListQuery query) {
        std::string cursor;
        auto const [middle, slowest] = middle_and_slowest([&](int) {
            query.cursor = cursor;
            auto const page = index.list(province, query);
            cursor = page ? page->next_cursor : "";
        });
        std::cout << what << ": " << middle << " ms, slowest " << slowest << " ms\n";
    };
    show("newest, page after page", {});
    show("one stage, by due date", {.stage = {"resolve"}, .sort = Sort::due});
    show("one unit, overdue", {.light = {"overdue"}, .unit = "36-unit-7"});
    show("one round and region", {.round = 3, .region = "3610"});
    show("words", {.q = "123456号"});
    auto const [middle, slowest] = middle_and_slowest(
        [&](int) { (void)index.statistics(province, {.group_by = GroupBy::unit}); });
    std::cout << "statistics by unit: " << middle << " ms, slowest " << slowest << " ms\n";
    return 0;
}

} // namespace

int main(int count, char** words) {
    std::string const what = count == 3 ? words[1] : "";
    if (what == "serve") return serve(static_cast<unsigned short>(std::stoi(words[2])));
    if (what == "store") return store(words[2]);
    if (what == "index") return index(static_cast<std::size_t>(std::stoul(words[2])));
    std::cerr << "Expected: banjie_measure serve PORT | store FOLDER | index N\n";
    return 2;
}
