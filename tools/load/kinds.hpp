#pragma once
// The kinds of load. Each drives a server from one thread and says what it saw; an error of one
// connection ends that connection and is counted.

#include "tools/load/measurement.hpp"
#include "tools/load/record.hpp"

namespace banjie::load {

struct LoadOrder {
    LoadTarget target;
    Record& record;
    std::map<std::string, std::string> tokens; // by account
    unsigned connections = 1;
    std::uint64_t count = 0; // of lives, or of requests
    bool floor = false;      // to a server that answers anything (tools/measure.cpp)
    std::string path;        // what is read
    unsigned seconds = 0;    // for which a crowd pushes
    std::function<std::string()> next_key{}; // each command gets one, if it is there
};

/// `count` problems through their whole life; each one's commands in order on one connection, which
/// looks at another one's problem once in each life.
[[nodiscard]] nlohmann::json drive_lives(LoadOrder const& order);
/// `count` requests for `path`.
[[nodiscard]] nlohmann::json drive_reads(LoadOrder const& order);
/// `count` requests for `path`, which "county" may not see, each beside one for an id that nobody
/// has: {…, hidden_us, absent_us}, means of the middle eight tenths.
[[nodiscard]] nlohmann::json drive_absence(LoadOrder const& order);

/// As many subscribers as connections hear of `count` lives given one command after another, then
/// of eight times `count` at once: {…, last_p50_ms, last_p99_ms, events_per_s, delivered_per_s},
/// the first two from a command's reply to the last subscriber.
[[nodiscard]] nlohmann::json drive_feed(LoadOrder const& order);
/// Connections that go through lives for some seconds; whoever is sent away comes again after one:
/// {…, shed: {status: how often}, shed_without_retry_after, broken}, connections broken off.
[[nodiscard]] nlohmann::json drive_crowd(LoadOrder const& order);

/// Runs as many of them as there are connections, until all have ended.
void run_all(unsigned connections, Measurement& seen,
             std::function<boost::asio::awaitable<void>()> const& make);

} // namespace banjie::load
