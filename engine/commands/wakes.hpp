#pragma once
// Wake commands that the engine remembers. Private to the engine.

#include "engine/outcome.hpp"

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace banjie::engine {

/// Wake commands that were refused. They are not submitted again until the instance changes or a
/// pause has passed. Thread-safe.
class RefusedWakes {
public:
    void put(std::string const& id, std::uint64_t version, Time until);
    [[nodiscard]] bool blocks(std::string const& id, std::uint64_t version) const;
    /// Removes the entries whose pause is over. Returns how many are left.
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
