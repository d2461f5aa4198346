#pragma once
// Conditions that an operator must handle and that no request shows: the end of the certificate,
// the age of the newest backup and of the last drill, a clock that jumped. Watchers record them
// here; /readyz and /metrics report them.

#include "engine/outcome.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

namespace banjie::api {

/// The conditions, with times in milliseconds since 1970; 0 means "none". Thread-safe.
struct Conditions {
    std::atomic<std::int64_t> certificate_ends_ms = 0;
    std::atomic<std::int64_t> last_backup_ms = 0;   // the newest complete one
    std::atomic<std::int64_t> last_drill_ms = 0;    // the last one without findings
    std::atomic<std::int64_t> backup_every_ms = 0;  // as scheduled
    std::atomic<std::int64_t> watching_from_ms = 0; // the start of the schedule
    std::atomic<bool> last_drill_failed = false;
    std::atomic<std::uint64_t> clock_jumps = 0;
    std::atomic<std::int64_t> head_signed_ms = 0; // the newest signed head of the chain
    std::atomic<std::uint64_t> head_signed_seq = 0;
    std::atomic<bool> heads_fail = false;       // the last one could not be signed or kept
    std::atomic<bool> revocations_fail = false; // they could not be kept beside the backups
    std::atomic<std::uint64_t> syslog_sent = 0;
    std::atomic<std::uint64_t> syslog_lost = 0;

    /// Returns the names of current problems: "certificate_expires_soon", "certificate_expired",
    /// "backup_overdue", "drill_failed".
    [[nodiscard]] std::vector<std::string_view> warnings(engine::Time now) const;
};

inline constexpr std::chrono::days certificate_warning{30}; // before its end

} // namespace banjie::api
