#include "engine/people/sign_in_throttle.hpp"

#include "engine/limits.hpp"
#include "engine/people/address_block.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

constexpr std::size_t most_counts = 65'536;
constexpr std::size_t key_bytes = 64; // of each part
constexpr std::chrono::seconds window{limits::sign_in_window_s};

std::string pair_of(std::string_view name, std::string_view where) {
    std::string key(name.substr(0, key_bytes));
    key += '\0';
    return key += where.substr(0, key_bytes);
}

} // namespace

SignInThrottle::Count& SignInThrottle::count_of(Counts& counts, std::string key, Time now) {
    if (counts.size() >= most_counts) {
        std::erase_if(counts, [&](auto const& entry) {
            return entry.second.under_way == 0 && entry.second.since + window <= now;
        });
        // Still full: evict counts of attempts that have ended, so that memory stays bounded.
        for (auto at = counts.begin(); counts.size() >= most_counts && at != counts.end();)
            at = at->second.under_way == 0 ? counts.erase(at) : std::next(at);
    }
    Count& count = counts[std::move(key)];
    if (count.since + window <= now) {
        count.since = now;
        count.failures = 0;
    }
    return count;
}

int SignInThrottle::wait_of(Bound const& bound, Time now) {
    auto const& [count, most] = bound;
    if (count->failures >= most) {
        auto const left = std::chrono::ceil<std::chrono::seconds>(count->since + window - now);
        return std::max(1, static_cast<int>(left.count()));
    }
    return count->failures + count->under_way >= most ? 1 : 0;
}

std::vector<SignInThrottle::Bound> SignInThrottle::bounds_of(Guesser const& guesser, Time now) {
    auto const& [name, address, device] = guesser;
    if (!device.empty())
        return {{&count_of(devices_, pair_of(name, device), now), limits::sign_in_failures}};
    return {{&count_of(blocks_, pair_of(name, block_of(address)), now), limits::sign_in_failures},
            {&count_of(names_, pair_of(name, {}), now), limits::sign_in_failures_of_name},
            {&count_of(addresses_, pair_of({}, network_of(address)), now),
             limits::sign_in_failures_of_address}};
}

int SignInThrottle::admit(Guesser const& guesser, Time now) {
    std::lock_guard const lock(mutex_);
    auto const bounds = bounds_of(guesser, now);
    int wait = 0;
    for (Bound const& bound : bounds) wait = std::max(wait, wait_of(bound, now));
    if (wait == 0)
        for (Bound const& bound : bounds) ++bound.count->under_way;
    return wait;
}

void SignInThrottle::ended(Guesser const& guesser, Ending ending, Time now) {
    std::lock_guard const lock(mutex_);
    auto const bounds = bounds_of(guesser, now);
    for (Bound const& bound : bounds) {
        --bound.count->under_way;
        if (ending == Ending::failed) ++bound.count->failures;
    }
    if (ending == Ending::succeeded) bounds.front().count->failures = 0;
}

} // namespace banjie::engine
