#include "api/request/conditions.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using namespace std::chrono_literals;

TEST_CASE("a schedule that has written no whole backup for two turns is overdue") {
    Conditions conditions;
    engine::Time const begin{1'800'000'000s};
    auto const ms = [](engine::Time time) { return time.time_since_epoch().count(); };
    CHECK(conditions.warnings(begin).empty()); // none is scheduled
    conditions.backup_every_ms = std::chrono::milliseconds(24h).count();
    conditions.watching_from_ms = ms(begin);
    CHECK(conditions.warnings(begin + 47h).empty());
    CHECK(conditions.warnings(begin + 49h).front() == "backup_overdue");
    conditions.last_backup_ms = ms(begin + 48h);
    CHECK(conditions.warnings(begin + 49h).empty());
    conditions.last_drill_failed = true;
    CHECK(conditions.warnings(begin + 49h).front() == "drill_failed");
}
