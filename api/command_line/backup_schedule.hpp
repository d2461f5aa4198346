#pragma once
// Backups that the server writes by schedule, and their retention. Records the age of the newest
// backup and of the last drill in the conditions, whoever made them.

#include "api/request/conditions.hpp"
#include "engine/office.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace banjie::api::command_line {

struct BackupPlan {
    std::string folder;          // empty: none
    std::chrono::hours every{0}; // 0: only on request
    std::size_t keep = 0;        // complete copies; 0: all
};

class BackupSchedule {
public:
    BackupSchedule(engine::Office& office, Conditions& conditions, BackupPlan plan);
    /// Blocks until a backup in progress is finished.
    ~BackupSchedule();

    /// Starts a thread that calls `look` about once a minute.
    void start();

    using Steady = std::chrono::steady_clock::time_point;
    /// Writes a backup if one is due, and removes those beyond the retention.
    void look(Steady steady);

private:
    [[nodiscard]] bool is_due(engine::Time now, Steady steady) const;
    void tell_ages();
    [[nodiscard]] bool back_up();
    void remove_old();
    void keep_looking(std::stop_token const& stop);

    engine::Office& office_;
    Conditions& conditions_;
    BackupPlan const plan_;
    std::optional<Steady> next_try_; // after a backup or a failure
    std::mutex mutex_;
    std::condition_variable_any stopping_;
    std::jthread thread_; // last: uses the other members
};

} // namespace banjie::api::command_line
