#pragma once
// The kinds of load. Each drives a server from one thread and says what it saw; an error of one
// connection ends that connection and is counted.

#include "api/command_line/load/measurement.hpp"

namespace banjie::api::command_line {

struct LoadOrder {
    LoadTarget target;
    std::map<std::string, std::string> tokens; // by account
    unsigned connections = 1;
    std::uint64_t count = 0; // of lives, or of requests
    bool floor = false;      // to a server that answers anything (tools/measure.cpp)
    std::string path;        // what is read
};

/// `count` problems through their whole life; each one's commands in order on one connection.
[[nodiscard]] nlohmann::json drive_lives(LoadOrder const& order);
/// `count` requests for `path`.
[[nodiscard]] nlohmann::json drive_reads(LoadOrder const& order);

/// Runs as many of them as there are connections, until all have ended.
void run_all(unsigned connections, Measurement& seen,
             std::function<boost::asio::awaitable<void>()> const& make);

} // namespace banjie::api::command_line
