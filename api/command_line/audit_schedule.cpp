#include "api/command_line/audit_schedule.hpp"

#include "engine/limits.hpp"

#include <spdlog/spdlog.h>

#include <filesystem>

namespace banjie::api::command_line {

namespace {

constexpr std::chrono::milliseconds between_looks{500};
constexpr std::chrono::minutes after_a_failure{1};

} // namespace

AuditSchedule::AuditSchedule(engine::Office& office, Conditions& conditions, AuditPlan plan)
    : office_(office), conditions_(conditions), plan_(std::move(plan)),
      sent_seq_(office.stream.last_seq()) {
    if (!plan_.backups.empty()) journal_.emplace(plan_.backups, office.store);
    if (plan_.heads && plan_.heads->last_seq() > sent_seq_)
        spdlog::error("The store ends at event {}, before event {} whose head was signed: its end "
                      "was cut off, or it was restored without --sign-heads. 'banjie verify' says "
                      "more",
                      sent_seq_, plan_.heads->last_seq());
}

AuditSchedule::~AuditSchedule() {
    finish();
}

void AuditSchedule::start() {
    thread_ = std::jthread([this](std::stop_token const& stop) { keep_looking(stop); });
}

void AuditSchedule::keep_looking(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        look(std::chrono::steady_clock::now());
        std::unique_lock lock(mutex_);
        stopping_.wait_for(lock, stop, between_looks, [] { return false; });
    }
}

void AuditSchedule::finish() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
    send_events();
    sign_head();
    if (!journal_) return;
    if (auto const kept = journal_->finish(); !kept)
        spdlog::error("What was revoked is not kept: {}", kept.error().detail);
}

void AuditSchedule::look(Steady steady) {
    send_events();
    keep_revocations();
    if (next_signing_ && steady < *next_signing_) return;
    sign_head();
    std::chrono::minutes const pause =
        conditions_.heads_fail ? std::min(plan_.sign_every, after_a_failure) : plan_.sign_every;
    next_signing_ = steady + pause;
}

void AuditSchedule::send_events() {
    if (plan_.syslog == nullptr) return;
    for (;;) {
        auto const events = office_.stream.read(sent_seq_, engine::limits::stream_page);
        if (!events || events->empty()) return; // a store that cannot be read is asked again
        for (auto const& event : *events)
            if (is_audited(*event)) plan_.syslog->send(audit_message(*event));
        sent_seq_ = events->back()->seq;
    }
}

void AuditSchedule::keep_revocations() {
    if (!journal_) return;
    std::error_code error;
    std::filesystem::create_directories(plan_.backups, error);
    auto const kept = journal_->catch_up();
    if (!kept && !conditions_.revocations_fail)
        spdlog::error("What was revoked is not kept beside the backups: {}", kept.error().detail);
    conditions_.revocations_fail = !kept;
}

void AuditSchedule::sign_head() {
    if (!plan_.heads) return;
    auto const now = office_.clock.now();
    auto const head = plan_.store->chain_head();
    auto const signed_line = head ? plan_.heads->append(*head, now) : head.error();
    conditions_.heads_fail = !signed_line;
    if (!signed_line)
        return spdlog::error("The head of the chain is not signed: {}", signed_line.error().detail);
    if (!*signed_line) return;
    conditions_.head_signed_ms = now.time_since_epoch().count();
    conditions_.head_signed_seq = head->seq;
    if (plan_.syslog != nullptr) plan_.syslog->send(head_message(**signed_line, now));
}

} // namespace banjie::api::command_line
