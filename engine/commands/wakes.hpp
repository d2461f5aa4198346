#pragma once
// What the engine remembers of the commands that it gives itself. Inside of the engine.

#include "engine/outcome.hpp"

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace banjie::engine {

/// Wake commands that were refused: not given again before the instance changes or a while passes.
/// Thread-safe.
class RefusedWakes {
public:
    void put(std::string const& id, std::uint64_t version, Time until);
    [[nodiscard]] bool blocks(std::string const& id, std::uint64_t version) const;
    /// How many are left.
    std::size_t forget_old(Time now);

private:
    struct Refused {
        std::uint64_t version = 0;
        Time until{};
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Refused> refused_;
};

} // namespace banjie::engine
