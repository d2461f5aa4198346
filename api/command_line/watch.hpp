#pragma once
// Looks now and then at what goes wrong by itself as time goes by, and says so in the log and in
// the conditions.

#include "api/request/conditions.hpp"

#include <chrono>
#include <optional>

namespace banjie::api::command_line {

class Watch {
public:
    explicit Watch(Conditions& conditions) : conditions_(conditions) {}

    using Steady = std::chrono::steady_clock::time_point;
    /// About once a second: the time by both clocks, and the end of the certificate, if there is
    /// one.
    void look(engine::Time now, Steady steady, std::optional<engine::Time> certificate_ends);

private:
    void look_at_clock(engine::Time now, Steady steady);
    void look_at_certificate(engine::Time now);

    Conditions& conditions_;
    std::optional<engine::Time> seen_at_;
    Steady steady_at_{};
    std::optional<Steady> warned_at_; // of the certificate
    Steady looked_at_{};
};

/// A wall clock and a steady one that differ by more have been parted by a jump.
inline constexpr std::chrono::seconds clock_jump{60};

} // namespace banjie::api::command_line
