#pragma once
// The kinds of load. Each drives a server from one thread and returns what it measured. An error of
// a connection ends that connection and is counted.

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
    std::string path;        // to read
    unsigned seconds = 0;    // how long a crowd pushes
    std::function<std::string()> next_key{}; // makes a key for each command; may be empty
};

/// Drives `count` problems through their whole life. The commands of a problem are in order on one
/// connection, which reads another's problem in one life of ten.
[[nodiscard]] nlohmann::json drive_lives(LoadOrder const& order);
/// Sends `count` requests for `path`.
[[nodiscard]] nlohmann::json drive_reads(LoadOrder const& order);
/// Sends `count` requests for `path`, which "county" may not see, each beside one for an id that
/// does not exist. Returns {…, hidden_us, absent_us}, means of the middle eight tenths.
[[nodiscard]] nlohmann::json drive_absence(LoadOrder const& order);

/// Lets as many subscribers as connections receive the events of `count` lives given one command
/// after another, then of eight times `count` at once. Returns {…, last_p50_ms, last_p99_ms,
/// events_per_s, delivered_per_s}, the first two from a command's reply to the last subscriber.
[[nodiscard]] nlohmann::json drive_feed(LoadOrder const& order);
/// Runs lives on all connections for some seconds. A connection that is shed comes again after one
/// second. Returns {…, shed: {status: how often}, shed_without_retry_after, broken}, the last being
/// connections broken off.
[[nodiscard]] nlohmann::json drive_crowd(LoadOrder const& order);

/// Runs one coroutine from `make` for each connection, until all have ended.
void run_all(unsigned connections, Measurement& seen,
             std::function<boost::asio::awaitable<void>()> const& make);

} // namespace banjie::load
