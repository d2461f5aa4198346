#include "api/command_line/backup_schedule.hpp"

#include "api/command_line/offline.hpp"
#include "engine/backups/backups.hpp"
#include "engine/backups/drills.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace banjie::api::command_line {

namespace {

constexpr std::chrono::minutes between_looks{1};
constexpr std::chrono::hours after_a_failure{1};

std::int64_t ms_of(engine::Time time) {
    return time.time_since_epoch().count();
}

} // namespace

BackupSchedule::BackupSchedule(engine::Office& office, Conditions& conditions, BackupPlan plan)
    : office_(office), conditions_(conditions), plan_(std::move(plan)) {
    conditions_.backup_every_ms = std::chrono::milliseconds(plan_.every).count();
    conditions_.watching_from_ms = ms_of(office_.clock.now());
}

BackupSchedule::~BackupSchedule() {
    thread_.request_stop();
}

void BackupSchedule::start() {
    if (plan_.folder.empty()) return;
    thread_ = std::jthread([this](std::stop_token const& stop) { keep_looking(stop); });
}

void BackupSchedule::keep_looking(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        look(std::chrono::steady_clock::now());
        std::unique_lock lock(mutex_);
        stopping_.wait_for(lock, stop, between_looks, [] { return false; });
    }
}

void BackupSchedule::look(Steady steady) {
    if (plan_.folder.empty()) return;
    tell_ages();
    if (!is_due(office_.clock.now(), steady)) return;
    bool const written = back_up();
    next_try_ = steady + (written ? plan_.every : std::min(plan_.every, after_a_failure));
    if (!written) return;
    remove_old();
    tell_ages();
}

/// Returns whether a backup is due. Uses the wall clock, so that a restart does not reset the
/// schedule, and the steady clock, so that a jump of the wall clock causes no flood of backups.
bool BackupSchedule::is_due(engine::Time now, Steady steady) const {
    if (plan_.every <= plan_.every.zero() || (next_try_ && steady < *next_try_)) return false;
    auto const last_ms = conditions_.last_backup_ms.load();
    return last_ms > ms_of(now) ||
           ms_of(now) - last_ms >= std::chrono::milliseconds(plan_.every).count();
}

void BackupSchedule::tell_ages() {
    if (auto const drill = engine::last_drill(plan_.folder)) {
        conditions_.last_drill_failed = !drill->findings.empty();
        if (drill->findings.empty()) conditions_.last_drill_ms = ms_of(drill->at);
    }
    auto const found = engine::backups_in(plan_.folder);
    if (!found) return spdlog::error("The backups cannot be listed: {}", found.error().detail);
    auto const newest =
        std::ranges::find(*found, engine::BackupState::whole, &engine::Backup::state);
    conditions_.last_backup_ms = newest == found->end() ? 0 : ms_of(newest->written_at);
}

bool BackupSchedule::back_up() {
    auto const written = engine::back_up(office_.store, office_.attachments.blobs(), plan_.folder,
                                         [](std::uint64_t, std::uint64_t) {});
    if (!written) {
        spdlog::error("No whole backup: {}", message_of(written.error()));
        return false;
    }
    for (auto const& finding : written->damaged)
        spdlog::error("Backup: {}; the copy is whole", finding);
    spdlog::info("Backup {} is written, with {} attachments", written->number,
                 written->attachments);
    return true;
}

void BackupSchedule::remove_old() {
    auto const removed = engine::keep_backups(plan_.folder, plan_.keep);
    if (!removed) return spdlog::error("Old backups stay: {}", message_of(removed.error()));
    if (!removed->empty()) spdlog::info("{} old backups were removed", removed->size());
}

} // namespace banjie::api::command_line
