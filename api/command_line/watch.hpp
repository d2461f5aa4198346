#pragma once
// Periodic check of problems that arise by the passage of time. Reports them in the log and in the
// conditions.

#include "api/request/conditions.hpp"

#include <chrono>
#include <optional>

namespace banjie::api::command_line {

class Watch {
public:
    explicit Watch(Conditions& conditions) : conditions_(conditions) {}

    using Steady = std::chrono::steady_clock::time_point;
    /// Checks the clocks and the certificate. Called about once a second with the time by both
    /// clocks, and with the end of the certificate if there is one.
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

/// Difference between the wall clock and the steady clock above which the wall clock has jumped.
inline constexpr std::chrono::seconds clock_jump{60};

} // namespace banjie::api::command_line
