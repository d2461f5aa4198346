#pragma once
// All randomness of a simulation comes from its seed.

#include "engine/ports.hpp"

#include <random>

namespace banjie::simulation {

class Dice final : public engine::Random {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    /// Returns one of 0 … bound − 1.
    [[nodiscard]] std::size_t below(std::size_t bound) { return engine_() % bound; }
    /// Returns one of low … high, including both.
    [[nodiscard]] std::size_t between(std::size_t low, std::size_t high) {
        return low + below(high - low + 1);
    }
    [[nodiscard]] bool percent(std::size_t chance) { return below(100) < chance; }
    template <class Range>
    [[nodiscard]] auto const& one_of(Range const& range) {
        return *(std::begin(range) + static_cast<std::ptrdiff_t>(below(std::size(range))));
    }
    void fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
    }

private:
    std::mt19937_64 engine_;
};

} // namespace banjie::simulation
