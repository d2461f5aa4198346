#pragma once
// What the engine needs from outside so that a test can drive it: time and chance.

#include "engine/outcome.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace banjie::engine {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() = 0;
    /// A time that never jumps, from a beginning of its own: for rates and waits that no restart
    /// outlives.
    [[nodiscard]] virtual Time steady_now() { return now(); }
};

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// The computer's clock, and libsodium's generator. Thread-safe.
[[nodiscard]] Clock& system_clock();
[[nodiscard]] Random& system_random();

/// A new id of 16 characters: 10 of time (Crockford base 32, so ids sort by creation) and 6 of
/// chance.
[[nodiscard]] std::string make_id(Time now, Random& random);

} // namespace banjie::engine
