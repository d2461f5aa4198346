#pragma once
// Who works with the server, and who attacks it. Each kind runs until an end, on one thread.

#include "tools/attackers/wire.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace banjie::attack {

struct Order {
    boost::asio::ip::tcp::endpoint server;
    std::string password; // of all accounts
    std::chrono::steady_clock::time_point until{};
};

/// What ordinary people have seen.
struct Experience {
    std::vector<double> took_ms;
    std::map<std::string, std::uint64_t> refused; // by code
};

/// Fifty people, each from an address of their own: they sign in, read lists and pages, report
/// problems, hear the feed, and think in between.
void work(Order const& order, Experience& experience);

/// Returns by kind of attack how often it got which answer.
[[nodiscard]] std::map<std::string, std::map<std::string, std::uint64_t>>
attack(Order const& order);

} // namespace banjie::attack
