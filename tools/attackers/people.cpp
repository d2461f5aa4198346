#include "tools/attackers/kinds.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

#include <optional>
#include <random>

namespace banjie::attack {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::steady_clock;

namespace {

constexpr unsigned people = 50;
constexpr char const* accounts[] = {"township",   "county",  "city",  "province",
                                    "department", "visitor", "leader"};

class Person {
public:
    Person(Order const& order, Experience& experience, unsigned number)
        : order_(order), experience_(experience), account_(accounts[number % std::size(accounts)]),
          random_(number) {
        // Half of them in an office of one block, the others each in a block of their own.
        auto const far = number % 2 == 0 ? 0U : number;
        route_ = {order.server, asio::ip::address_v4(asio::ip::address_v4::bytes_type{
                                    10, 1, static_cast<unsigned char>(far),
                                    static_cast<unsigned char>(number + 1)})};
    }

    awaitable<void> work() {
        while (steady_clock::now() < order_.until) {
            bool broken = false;
            try {
                Wire wire(co_await asio::this_coro::executor, route_);
                co_await wire.open();
                co_await begin(wire);
                for (int round = 0; round < 12 && goes_on_; ++round) co_await do_round(wire);
            } catch (boost::system::system_error const&) {
                broken = true;
            }
            if (!broken) continue;
            ++experience_.refused["connection broken"];
            co_await pause(std::chrono::seconds(1));
        }
    }

    /// Hears the feed, and opens it again when it ends.
    awaitable<void> listen() {
        while (steady_clock::now() < order_.until) {
            try {
                if (!token_.empty()) co_await hear_feed();
            } catch (boost::system::system_error const&) {
                ++experience_.refused["feed broken"];
            }
            co_await pause(std::chrono::seconds(1));
        }
    }

private:
    awaitable<void> begin(Wire& wire) {
        goes_on_ = true;
        auto const form =
            R"({"username":")" + account_ + R"(","password":")" + order_.password + R"("})";
        auto const reply = co_await ask(wire, "/api/v1/sessions", form);
        if (auto token = text_in(reply.body, "token"); !token.empty()) token_ = std::move(token);
    }

    awaitable<void> do_round(Wire& wire) {
        co_await ask(wire, "/api/v1/me");
        co_await ask(wire, "/api/v1/work");
        auto const list = co_await ask(wire, "/api/v1/problems?limit=50");
        auto const id = text_in(list.body, "id");
        if (!id.empty()) {
            co_await ask(wire, "/api/v1/problems/" + id);
            co_await ask(wire, "/api/v1/problems/" + id + "/history");
        }
        co_await ask(wire, "/api/v1/statistics/summary");
        if (account_ != "township") co_return;
        co_await ask(wire, "/api/v1/problems",
                     R"({"title":"断头路影响群众出行","description":"通村公路尚有三公里未硬化。",)"
                     R"("category":"transport","region":"360731100","submit":true})");
    }

    awaitable<Reply> ask(Wire& wire, std::string target, std::string body = {}) {
        if (!goes_on_) co_return Reply{};
        auto const thinking = std::uniform_int_distribution<int>(200, 1'800)(random_);
        co_await pause(std::chrono::milliseconds(thinking));
        auto reply = co_await wire.ask(target, token_, body);
        if (reply.good())
            experience_.took_ms.push_back(reply.took_ms);
        else
            ++experience_.refused[reply.code()];
        bool const closes = reply.head.find("Connection: close") != std::string::npos;
        goes_on_ = reply.status != 0 && !closes && steady_clock::now() < order_.until;
        co_return reply;
    }

    awaitable<void> hear_feed() {
        Wire wire(co_await asio::this_coro::executor, route_);
        co_await wire.open();
        auto const upgrade = "GET /api/v1/events HTTP/1.1\r\nHost: banjie\r\nUpgrade: websocket\r\n"
                             "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                             "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
                             "Authorization: Bearer " +
                             token_ + "\r\n\r\n";
        co_await wire.say(upgrade);
        auto const answer = co_await wire.hear();
        if (answer.status != 101)
            ++experience_.refused["feed " + answer.code()];
        else
            co_await wire.drain();
    }

    Order const& order_;
    Experience& experience_;
    std::string const account_;
    Route route_;
    std::string token_;
    std::mt19937 random_;
    bool goes_on_ = true;
};

} // namespace

void work(Order const& order, Experience& experience) {
    asio::io_context context{1};
    std::vector<Person> all;
    all.reserve(people);
    for (unsigned i = 0; i < people; ++i) {
        auto& person = all.emplace_back(order, experience, i);
        asio::co_spawn(context, person.work(), asio::detached);
        asio::co_spawn(context, person.listen(), asio::detached);
    }
    context.run_until(order.until + std::chrono::seconds(5));
}

} // namespace banjie::attack
