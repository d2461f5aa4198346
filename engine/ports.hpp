#pragma once
// Inputs of the engine that a test must be able to control: time and randomness.

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
    /// Returns the time of a steady clock with an arbitrary origin. For rates and waits that need
    /// not survive a restart.
    [[nodiscard]] virtual Time steady_now() { return now(); }
};

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// Returns the system's clock and, below, libsodium's generator. Thread-safe.
[[nodiscard]] Clock& system_clock();
[[nodiscard]] Random& system_random();

/// Returns a new id of 16 characters: 10 of time (Crockford base 32, so ids sort by creation) and 6
/// random ones.
[[nodiscard]] std::string make_id(Time now, Random& random);

} // namespace banjie::engine
