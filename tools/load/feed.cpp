// Many subscribers of the feed of events, and the commands whose events they receive.

#include "tools/load/life.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

namespace banjie::load {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::awaitable;
using asio::use_awaitable;
using nlohmann::json;
using std::chrono::steady_clock;

namespace {

/// All subscribers, on one thread.
class Audience {
public:
    Audience(LoadOrder const& order, Measurement& seen) : order_(order), seen_(seen) {}

    awaitable<void> admit_one() {
        auto const executor = co_await asio::this_coro::executor;
        auto const stream = streams_.emplace_back(std::make_shared<Stream>(executor));
        co_await stream->next_layer().async_connect(order_.target.endpoint, use_awaitable);
        auto const bearer = "Bearer " + order_.tokens.at("county");
        stream->set_option(websocket::stream_base::decorator(
            [bearer](auto& request) { request.set(beast::http::field::authorization, bearer); }));
        co_await stream->async_handshake(order_.target.host, "/api/v1/events", use_awaitable);
        asio::co_spawn(executor, listen(stream), asio::detached);
    }

    /// Waits until `events` deliveries per subscriber are counted over all. Throws after a minute.
    awaitable<void> hear(std::uint64_t events) {
        awaited_ = events * streams_.size();
        asio::steady_timer patience(co_await asio::this_coro::executor);
        patience.expires_after(std::chrono::seconds(60));
        waiting_ = &patience;
        boost::system::error_code ended;
        if (heard_ < awaited_)
            co_await patience.async_wait(asio::redirect_error(use_awaitable, ended));
        waiting_ = nullptr;
        if (heard_ < awaited_) throw std::runtime_error("not everybody heard of every event");
    }

    /// Lets each stream end with its listener, while the context that it belongs to still exists.
    void send_home() {
        leaving_ = true;
        for (auto const& stream : streams_) stream->next_layer().close();
        streams_.clear();
    }

private:
    using Stream = websocket::stream<beast::tcp_stream, false>;

    awaitable<void> listen(std::shared_ptr<Stream> stream) {
        beast::flat_buffer buffer;
        boost::system::error_code ended;
        while (!ended) {
            co_await stream->async_read(buffer, asio::redirect_error(use_awaitable, ended));
            buffer.clear();
            if (!ended && ++heard_ == awaited_ && waiting_ != nullptr) waiting_->cancel();
        }
        if (!leaving_) seen_.broke(ended.message());
    }

    LoadOrder const& order_;
    Measurement& seen_;
    std::vector<std::shared_ptr<Stream>> streams_;
    std::uint64_t heard_ = 0, awaited_ = 0;
    asio::steady_timer* waiting_ = nullptr;
    bool leaving_ = false;
};

constexpr unsigned speakers = 8;

/// Gives commands one after another; all subscribers receive each before the next.
awaitable<void> speak(LoadOrder const& order, Audience& audience, Measurement& seen, json& result) {
    Line line(order.target);
    co_await line.connect();
    std::vector<std::uint32_t> last_us;
    for (std::uint64_t lives = 0; lives < order.count; ++lives)
        for (Life life(order); !life.over();) {
            seen.saw(co_await life.go_on(line));
            auto const answered = steady_clock::now();
            co_await audience.hear(seen.answers());
            auto const took = steady_clock::now() - answered;
            last_us.push_back(static_cast<std::uint32_t>(
                std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
        }
    result["last_p50_ms"] = percentile_ms(last_us, 0.5);
    result["last_p99_ms"] = percentile_ms(last_us, 0.99);
}

awaitable<void> chatter(LoadOrder const& order, Measurement& seen) {
    Line line(order.target);
    co_await line.connect();
    for (std::uint64_t lives = 0; lives < order.count; ++lives)
        for (Life life(order); !life.over();) seen.saw(co_await life.go_on(line));
}

/// Gives commands on several connections at once, each for as many lives.
awaitable<void> speak_together(LoadOrder const& order, Audience& audience, Measurement& seen,
                               json& result) {
    auto const before = seen.answers();
    auto const events = speakers * order.count * 10;
    auto const began = steady_clock::now();
    for (unsigned i = 0; i < speakers; ++i)
        asio::co_spawn(co_await asio::this_coro::executor, chatter(order, seen), asio::detached);
    co_await audience.hear(before + events);
    auto const seconds = std::chrono::duration<double>(steady_clock::now() - began).count();
    result["events_per_s"] = static_cast<double>(events) / seconds;
    result["delivered_per_s"] = static_cast<double>(events * order.connections) / seconds;
}

} // namespace

json drive_feed(LoadOrder const& order) {
    Measurement seen;
    Audience audience(order, seen);
    json result;
    run_all(1, seen, [&]() -> awaitable<void> {
        auto const go_home = [](Audience* all) { all->send_home(); };
        std::unique_ptr<Audience, decltype(go_home)> const whatever_comes(&audience, go_home);
        for (unsigned i = 0; i < order.connections; ++i) co_await audience.admit_one();
        co_await speak(order, audience, seen, result);
        co_await speak_together(order, audience, seen, result);
    });
    result.update(seen.result());
    return result;
}

} // namespace banjie::load
