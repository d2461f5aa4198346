#include "engine/people/sign_in_throttle.hpp"

#include "engine/limits.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

constexpr std::size_t most_counts = 65'536;
constexpr std::size_t key_bytes = 64;
constexpr std::size_t failures_per_address = limits::sign_in_failures * 10;
constexpr std::chrono::seconds window{limits::sign_in_window_s};

} // namespace

SignInThrottle::Count& SignInThrottle::count_of(Counts& counts, std::string_view key, Time now) {
    if (counts.size() >= most_counts) {
        std::erase_if(counts, [&](auto const& entry) {
            return entry.second.under_way == 0 && entry.second.since + window <= now;
        });
        // Still full: evict counts of attempts that have ended, so that memory stays bounded.
        for (auto at = counts.begin(); counts.size() >= most_counts && at != counts.end();)
            at = at->second.under_way == 0 ? counts.erase(at) : std::next(at);
    }
    Count& count = counts[std::string(key.substr(0, key_bytes))];
    if (count.since + window <= now) {
        count.since = now;
        count.failures = 0;
    }
    return count;
}

int SignInThrottle::wait_of(Count const& count, std::size_t most, Time now) {
    if (count.failures >= most) {
        auto const left = std::chrono::ceil<std::chrono::seconds>(count.since + window - now);
        return std::max(1, static_cast<int>(left.count()));
    }
    return count.failures + count.under_way >= most ? 1 : 0;
}

int SignInThrottle::admit(std::string_view name, std::string_view address, Time now) {
    std::lock_guard const lock(mutex_);
    Count& by_name = count_of(names_, name, now);
    Count& by_address = count_of(addresses_, address, now);
    int const wait = std::max(wait_of(by_name, limits::sign_in_failures, now),
                              wait_of(by_address, failures_per_address, now));
    if (wait == 0) {
        ++by_name.under_way;
        ++by_address.under_way;
    }
    return wait;
}

void SignInThrottle::ended(std::string_view name, std::string_view address, Ending ending,
                           Time now) {
    std::lock_guard const lock(mutex_);
    Count& by_name = count_of(names_, name, now);
    Count& by_address = count_of(addresses_, address, now);
    --by_name.under_way;
    --by_address.under_way;
    if (ending == Ending::failed) {
        ++by_name.failures;
        ++by_address.failures;
    }
    if (ending == Ending::succeeded) by_name.failures = 0;
}

} // namespace banjie::engine
