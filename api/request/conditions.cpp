#include "api/request/conditions.hpp"

#include <algorithm>

namespace banjie::api {

std::vector<std::string_view> Conditions::warnings(engine::Time now) const {
    std::vector<std::string_view> found;
    std::int64_t const now_ms = now.time_since_epoch().count();
    if (std::int64_t const ends_ms = certificate_ends_ms; ends_ms != 0) {
        std::chrono::milliseconds const warning = certificate_warning;
        if (ends_ms <= now_ms)
            found.emplace_back("certificate_expired");
        else if (ends_ms - warning.count() <= now_ms)
            found.emplace_back("certificate_expires_soon");
    }
    // Twice the interval, since a backup in progress or waiting for its next attempt is not
    // overdue.
    if (std::int64_t const every_ms = backup_every_ms; every_ms > 0) {
        auto const last_ms = std::max(last_backup_ms.load(), watching_from_ms.load());
        if (now_ms - last_ms > 2 * every_ms) found.emplace_back("backup_overdue");
    }
    if (last_drill_failed) found.emplace_back("drill_failed");
    if (heads_fail) found.emplace_back("head_not_signed");
    if (revocations_fail) found.emplace_back("revocations_not_kept");
    return found;
}

} // namespace banjie::api
