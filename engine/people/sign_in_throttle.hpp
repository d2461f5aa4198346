#pragma once
// Limit on failed sign-ins, by name and by address. Kept in memory; a restart resets it.

#include "engine/outcome.hpp"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace banjie::engine {

/// An attempt to give a password or a code.
struct Guesser {
    std::string_view name;
    std::string_view address;
    /// A device that the account knows, or one of its sessions; empty if neither.
    std::string_view device{};
};

/// Returns the guesser who has an open session and is asked for the password again.
[[nodiscard]] inline Guesser signed_in(std::string_view name) {
    return {.name = name, .address = {}, .device = "session"};
}

/// Counter of failures. Attempts in flight count as failures until they end, so that parallel
/// attempts gain nothing. Thread-safe. Every `now` must come from `Clock::steady_now`: mixing two
/// clocks would make a wait last for years, or none.
class SignInThrottle {
public:
    /// Returns 0 if the attempt may proceed; the caller then calls `ended`. Otherwise returns the
    /// seconds to wait.
    [[nodiscard]] int admit(Guesser const& guesser, Time now);

    enum class Ending { succeeded, failed, not_tried };
    /// Records the end of an attempt. Success clears the failures of the name on that device, or
    /// from that block, and no others.
    void ended(Guesser const& guesser, Ending ending, Time now);

private:
    struct Count {
        Time since{};
        std::size_t failures = 0;
        std::size_t under_way = 0;
    };
    using Counts = std::unordered_map<std::string, Count>;
    struct Bound {
        Count* count;
        std::size_t most;
    };

    static Count& count_of(Counts& counts, std::string key, Time now);
    static int wait_of(Bound const& bound, Time now);
    /// Returns the bounds of a guesser, the narrowest first.
    std::vector<Bound> bounds_of(Guesser const& guesser, Time now);

    std::mutex mutex_;
    Counts devices_, blocks_;  // with a name
    Counts names_, addresses_; // of whoever is on no such device
};

} // namespace banjie::engine
