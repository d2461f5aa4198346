#include "tools/load/kinds.hpp"

#include "tools/load/life.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace banjie::load {

namespace asio = boost::asio;
using asio::awaitable;
using nlohmann::json;

void run_all(unsigned connections, Measurement& seen,
             std::function<awaitable<void>()> const& make) {
    asio::io_context context{1};
    for (unsigned i = 0; i < connections; ++i)
        asio::co_spawn(context, make(), [&seen](std::exception_ptr const& thrown) {
            try {
                if (thrown) std::rethrow_exception(thrown);
            } catch (std::exception const& error) {
                seen.broke(error.what());
            }
        });
    context.run();
}

json drive_lives(LoadOrder const& order) {
    constexpr auto never = std::numeric_limits<std::uint64_t>::max();
    Measurement seen;
    seen.expect(order.count * 10);
    std::uint64_t begun = 0;
    std::string latest; // problem that last got a command
    run_all(order.connections, seen, [&]() -> awaitable<void> {
        Line line(order.target);
        co_await line.connect();
        while (begun < order.count) {
            // One life in ten reads another's problem, each after a different number of commands.
            auto const number = begun++;
            auto const looks_after = number % 10 == 0 ? number / 10 % 10 : never;
            Life life(order);
            for (std::uint64_t given = 0; !life.over(); ++given) {
                seen.saw(co_await life.go_on(line));
                if (given == looks_after && !latest.empty()) co_await look_at(latest, order, line);
                latest = life.problem();
            }
        }
    });
    return seen.result();
}

namespace {

double middle_mean(std::vector<std::uint32_t> took_us) {
    std::sort(took_us.begin(), took_us.end());
    auto const tenth = static_cast<std::ptrdiff_t>(took_us.size() / 10);
    double const sum = std::accumulate(took_us.begin() + tenth, took_us.end() - tenth, 0.0);
    return sum / static_cast<double>(took_us.end() - took_us.begin() - 2 * tenth);
}

} // namespace

json drive_absence(LoadOrder const& order) {
    constexpr unsigned not_found = 404;
    std::string absent = order.path;
    absent.back() = absent.back() == '0' ? '1' : '0';
    Measurement seen;
    std::vector<std::uint32_t> hidden_us, absent_us;
    auto const& token = order.tokens.at("county");
    run_all(1, seen, [&]() -> awaitable<void> {
        Line line(order.target);
        co_await line.connect();
        auto const ask = [&](std::string path,
                             std::vector<std::uint32_t>& took) -> awaitable<void> {
            auto const answer = co_await line.ask(path, token);
            if (answer.status != not_found) throw std::runtime_error("it is shown: " + path);
            took.push_back(static_cast<std::uint32_t>(answer.took.count()));
        };
        while (absent_us.size() < order.count) {
            co_await ask(order.path, hidden_us);
            co_await ask(absent, absent_us);
        }
    });
    auto result = seen.result();
    if (absent_us.empty()) return result;
    result["hidden_us"] = middle_mean(std::move(hidden_us));
    result["absent_us"] = middle_mean(std::move(absent_us));
    return result;
}

json drive_reads(LoadOrder const& order) {
    Measurement seen;
    seen.expect(order.count);
    std::uint64_t begun = 0;
    auto const token = order.tokens.find("county");
    run_all(order.connections, seen, [&]() -> awaitable<void> {
        Line line(order.target);
        co_await line.connect();
        while (begun < order.count) {
            ++begun;
            seen.saw(co_await line.ask(order.path, token->second));
        }
    });
    return seen.result();
}

} // namespace banjie::load
