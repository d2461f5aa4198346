#pragma once
// What leaves the store while the server works, so that it is known when the store is rewritten,
// cut off or restored: signed heads of the chain, what was revoked, and events for a syslog server.

#include "api/request/conditions.hpp"
#include "api/syslog/syslog.hpp"
#include "engine/audit/revocations.hpp"
#include "engine/audit/signed_heads.hpp"
#include "engine/office.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace banjie::api::command_line {

struct AuditPlan {
    std::optional<engine::HeadFile> heads{}; // of `store`
    storage::ChainedStore* store = nullptr;
    std::chrono::minutes sign_every{10};
    std::string backups{}; // the folder whose journal is kept; empty: none
    Syslog* syslog = nullptr;
};

class AuditSchedule {
public:
    /// What the plan points at outlives it.
    AuditSchedule(engine::Office& office, Conditions& conditions, AuditPlan plan);
    ~AuditSchedule();

    /// Begins to look twice a second, on a thread of its own.
    void start();
    /// Ends the thread, and sends, keeps and signs the rest. For when nothing is written any more.
    void finish();

    using Steady = std::chrono::steady_clock::time_point;
    /// Sends events, keeps what was revoked, and signs the head when it is time.
    void look(Steady steady);

private:
    void send_events();
    void keep_revocations();
    void sign_head();
    void keep_looking(std::stop_token const& stop);

    engine::Office& office_;
    Conditions& conditions_;
    AuditPlan plan_;
    std::optional<engine::RevocationJournal> journal_;
    std::uint64_t sent_seq_; // the last event that was looked at for the syslog server
    std::optional<Steady> next_signing_;
    std::mutex mutex_;
    std::condition_variable_any stopping_;
    std::jthread thread_; // last: it uses the others
};

} // namespace banjie::api::command_line
