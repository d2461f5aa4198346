// People who work with a server, and attackers of it; tools/attack runs both.
//   banjie_attackers people|attack ADDRESS PORT SECONDS    the password is in BANJIE_PASSWORD

#include "tools/attackers/kinds.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>

namespace {

using namespace banjie::attack;

double percentile(std::vector<double> const& sorted, double share) {
    if (sorted.empty()) return 0;
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

nlohmann::json run(std::string_view what, Order const& order) {
    if (what == "attack") return attack(order);
    Experience experience;
    work(order, experience);
    auto& took = experience.took_ms;
    std::sort(took.begin(), took.end());
    return {{"answers", took.size()},
            {"p50_ms", percentile(took, 0.5)},
            {"p99_ms", percentile(took, 0.99)},
            {"max_ms", percentile(took, 1)},
            {"refused", experience.refused}};
}

void allow_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int count, char** words) {
    auto const* const password = std::getenv("BANJIE_PASSWORD");
    if (count != 5 || password == nullptr) {
        std::cerr << "Expected: banjie_attackers people|attack ADDRESS PORT SECONDS\n";
        return 2;
    }
    allow_open_files();
    auto const port = static_cast<unsigned short>(std::stoi(words[3]));
    Order const order{.server = {boost::asio::ip::make_address(words[2]), port},
                      .password = password,
                      .until = std::chrono::steady_clock::now() +
                               std::chrono::seconds(std::stoi(words[4]))};
    std::cout << run(words[1], order).dump() << "\n";
    return 0;
}
