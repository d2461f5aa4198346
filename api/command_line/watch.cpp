#include "api/command_line/watch.hpp"

#include "engine/text/time_text.hpp"

#include <spdlog/spdlog.h>

namespace banjie::api::command_line {

namespace {

constexpr std::chrono::hours between_warnings{24};

} // namespace

void Watch::look(engine::Time now, Steady steady, std::optional<engine::Time> certificate_ends) {
    look_at_clock(now, steady);
    auto const ends_ms = certificate_ends ? certificate_ends->time_since_epoch().count() : 0;
    if (conditions_.certificate_ends_ms.exchange(ends_ms) != ends_ms) warned_at_.reset();
    looked_at_ = steady;
    if (certificate_ends) look_at_certificate(now);
}

void Watch::look_at_clock(engine::Time now, Steady steady) {
    auto const since = std::exchange(seen_at_, now);
    auto const passed = steady - std::exchange(steady_at_, steady);
    if (!since) return;
    auto const jump = std::chrono::duration_cast<std::chrono::seconds>((now - *since) - passed);
    if (jump < clock_jump && jump > -clock_jump) return;
    ++conditions_.clock_jumps;
    spdlog::error("The wall clock jumped by {} s: it is {} now. Due dates, and the times of what "
                  "is done now, are of that clock; look at the machine's time",
                  jump.count(), engine::time_text(now));
}

void Watch::look_at_certificate(engine::Time now) {
    auto const ends = engine::Time(std::chrono::milliseconds(conditions_.certificate_ends_ms));
    if (ends > now + certificate_warning) return;
    if (warned_at_ && looked_at_ - *warned_at_ < between_warnings) return;
    warned_at_ = looked_at_;
    spdlog::warn("The certificate {} on {}: renew it, and send SIGHUP",
                 ends > now ? "ends" : "ended", engine::time_text(ends));
}

} // namespace banjie::api::command_line
