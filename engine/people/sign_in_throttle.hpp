#pragma once
// Limit on failed sign-ins, by name and by address. Kept in memory; a restart resets it.

#include "engine/outcome.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace banjie::engine {

/// Counter of failures. Attempts in flight count as failures until they end, so that parallel
/// attempts gain nothing. Thread-safe. Every `now` must come from `Clock::steady_now`: mixing two
/// clocks would make a wait last for years, or none.
class SignInThrottle {
public:
    /// Returns 0 if the attempt may proceed; the caller then calls `ended`. Otherwise returns the
    /// seconds to wait.
    [[nodiscard]] int admit(std::string_view name, std::string_view address, Time now);

    enum class Ending { succeeded, failed, not_tried };
    /// Records the end of an attempt. Success clears the failures of the name, not those of the
    /// address.
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
