#include "api/command_line/backup_schedule.hpp"
#include "engine/backups/backups.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using namespace banjie::api::command_line;
using namespace std::chrono_literals;

namespace {

/// A store on disk, with a clock of its own.
struct Scheduled {
    explicit Scheduled(BackupPlan plan = {})
        : store(storage::opened(storage::options_for(place.path("store")))), desk(*store) {
        plan.folder = place.path("backups");
        schedule.emplace(desk.office, conditions, plan);
    }
    ~Scheduled() {
        schedule.reset();
        store->close();
    }
    Scheduled(Scheduled const&) = delete;
    Scheduled& operator=(Scheduled const&) = delete;

    void look_after(std::chrono::minutes time) {
        desk.clock.advance(time);
        steady += time;
        schedule->look(steady);
    }
    [[nodiscard]] std::size_t backups() const {
        return engine::backups_in(place.path("backups")).value().size();
    }

    storage::Place place;
    std::unique_ptr<storage::Store> store;
    engine::Desk desk;
    Conditions conditions;
    std::optional<BackupSchedule> schedule;
    BackupSchedule::Steady steady{};
};

} // namespace

TEST_CASE("without a schedule no backup is written, but the age of those that there are is told") {
    Scheduled scheduled;
    scheduled.look_after(48h);
    CHECK(scheduled.backups() == 0);
    CHECK(scheduled.conditions.last_backup_ms == 0);
    CHECK(scheduled.conditions.warnings(scheduled.desk.clock.now()).empty());
}

TEST_CASE("a backup is due once in a turn, and only so many are kept") {
    Scheduled scheduled({.every = 24h, .keep = 2});
    scheduled.look_after(1min);
    CHECK(scheduled.backups() == 1);
    CHECK(scheduled.conditions.last_backup_ms > 0);
    for (int i = 0; i < 23; ++i) scheduled.look_after(1h);
    CHECK(scheduled.backups() == 1);
}

TEST_CASE("a wall clock that jumps makes no flood of backups, and stops none") {
    Scheduled scheduled({.every = 24h});
    scheduled.look_after(1min);
    REQUIRE(scheduled.backups() == 1);
    scheduled.desk.clock.advance(400 * 24h);
    for (int i = 0; i < 60; ++i) scheduled.look_after(1min);
    CHECK(scheduled.backups() == 1);
    scheduled.desk.clock.advance(-800 * 24h);
    for (int i = 0; i < 24; ++i) scheduled.look_after(1h);
    CHECK(scheduled.backups() == 2);
}

TEST_CASE("a backup that fails is tried again after an hour") {
    Scheduled scheduled({.every = 24h});
    auto lock = storage::BackupLock::take(scheduled.place.path("backups"));
    REQUIRE(lock.has_value());
    scheduled.look_after(1min);
    CHECK(scheduled.backups() == 0);
    { auto const released = std::move(*lock); }
    scheduled.look_after(1min);
    CHECK(scheduled.backups() == 0);
    scheduled.look_after(60min);
    CHECK(scheduled.backups() == 1);
}
