#include "engine/ports.hpp"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <iostream>

namespace banjie::engine {

namespace {

class SystemClock final : public Clock {
public:
    Time now() override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
    Time steady_now() override {
        auto const passed = std::chrono::steady_clock::now().time_since_epoch();
        return Time(std::chrono::floor<std::chrono::milliseconds>(passed));
    }
};

class SystemRandom final : public Random {
public:
    SystemRandom() {
        if (sodium_init() < 0) {
            std::cerr << "Cannot start libsodium\n";
            std::abort();
        }
    }
    void fill(std::span<std::uint8_t> bytes) override {
        randombytes_buf(bytes.data(), bytes.size());
    }
};

// Crockford: no I, L, O, U, so that ids read aloud are not misheard or mistyped.
constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t digits_of_time = 10;
constexpr std::size_t digits_of_chance = 6;

} // namespace

Clock& system_clock() {
    static SystemClock clock;
    return clock;
}

Random& system_random() {
    static SystemRandom random;
    return random;
}

std::string make_id(Time now, Random& random) {
    std::string id(digits_of_time + digits_of_chance, '0');
    auto rest = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (std::size_t place = digits_of_time; place-- > 0; rest >>= 5U)
        id[place] = digits[rest & 31];
    std::array<std::uint8_t, digits_of_chance> chance{};
    random.fill(chance);
    for (std::size_t place = 0; place < digits_of_chance; ++place)
        id[digits_of_time + place] = digits[chance[place] & 31U];
    return id;
}

} // namespace banjie::engine
