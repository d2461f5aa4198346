#pragma once
// How often signing in may fail, by name and by address. In memory; a restart forgets.

#include "engine/outcome.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace banjie::engine {

/// Attempts under way count as failures until they end, so that many at once gain nothing.
/// Thread-safe. Every `now` is of `Clock::steady_now`: with times of two clocks a wait would last
/// for years, or none would be.
class SignInThrottle {
public:
    /// 0: go ahead, and tell `ended` afterwards; else seconds to wait.
    [[nodiscard]] int admit(std::string_view name, std::string_view address, Time now);

    enum class Ending { succeeded, failed, not_tried };
    /// Success forgets the failures of the name, not those of the address.
    void ended(std::string_view name, std::string_view address, Ending ending, Time now);

private:
    struct Count {
        Time since{};
        std::size_t failures = 0;
        std::size_t under_way = 0;
    };
    using Counts = std::unordered_map<std::string, Count>;

    static Count& count_of(Counts& counts, std::string_view key, Time now);
    static int wait_of(Count const& count, std::size_t most, Time now);

    std::mutex mutex_;
    Counts names_, addresses_;
};

} // namespace banjie::engine
