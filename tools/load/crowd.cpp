// More connections than a server takes, all of them busy.

#include "tools/load/life.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace banjie::load {

using boost::asio::awaitable;
using nlohmann::json;
using std::chrono::steady_clock;

namespace {

struct Crowd {
    LoadOrder const& order;
    Measurement seen{};
    steady_clock::time_point until = steady_clock::now() + std::chrono::seconds(order.seconds);
    std::map<unsigned, std::uint64_t> shed{}; // by status
    std::uint64_t shed_without_retry_after = 0, broken = 0;
};

/// Runs lives on one connection. If it is shed, it gives up its life and begins another after a
/// second.
awaitable<void> push(Crowd& crowd) {
    boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
    std::optional<Line> line;
    while (steady_clock::now() < crowd.until) {
        bool again_later = false;
        try {
            if (!line) co_await line.emplace(crowd.order.target).connect();
            for (Life life(crowd.order);
                 line && !life.over() && steady_clock::now() < crowd.until;) {
                auto const answer = co_await life.go_on(*line);
                again_later = answer.status == 429 || answer.status == 503;
                if (!again_later) crowd.seen.saw(answer);
                if (again_later) ++crowd.shed[answer.status];
                if (again_later && !answer.says_when_again) ++crowd.shed_without_retry_after;
                if (!answer.stays_open) line.reset();
            }
        } catch (boost::system::system_error const&) {
            ++crowd.broken;
            again_later = true;
            line.reset();
        }
        if (!again_later) continue;
        pause.expires_after(std::chrono::seconds(1));
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
}

} // namespace

json drive_crowd(LoadOrder const& order) {
    Crowd crowd{.order = order};
    run_all(order.connections, crowd.seen, [&] { return push(crowd); });
    auto result = crowd.seen.result();
    result["shed"] = json::object();
    for (auto const& [status, count] : crowd.shed) result["shed"][std::to_string(status)] = count;
    result["shed_without_retry_after"] = crowd.shed_without_retry_after;
    result["broken"] = crowd.broken;
    return result;
}

} // namespace banjie::load
