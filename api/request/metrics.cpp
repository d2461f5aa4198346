#include "api/request/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <list>
#include <map>
#include <mutex>

namespace banjie::api {

namespace {

prometheus::Histogram::BucketBoundaries const seconds_bounds{0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                             0.025,  0.05,  0.1,    0.25,  1.0};

prometheus::Gauge& gauge(prometheus::Registry& registry, char const* name, char const* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

double seconds_of(std::int64_t ms) {
    return static_cast<double>(ms) / 1'000;
}

} // namespace

struct Metrics::Route {
    std::string name;
    prometheus::Family<prometheus::Counter>* requests = nullptr;
    prometheus::Histogram* seconds = nullptr;

    prometheus::Counter& count(int status) {
        std::lock_guard const lock(mutex_);
        auto& counter = by_status_[status];
        if (counter == nullptr)
            counter = &requests->Add({{"route", name}, {"status", std::to_string(status)}});
        return *counter;
    }

private:
    std::mutex mutex_;
    std::map<int, prometheus::Counter*> by_status_; // only those that occurred
};

struct Metrics::Families {
    std::list<Route> routes;
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter()
            .Name("banjie_http_requests_total")
            .Help("Answered requests by route and status.")
            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram()
            .Name("banjie_http_request_seconds")
            .Help("Time from the request's last byte to its answer, by route.")
            .Register(registry);
    prometheus::Gauge& instances =
        gauge(registry, "banjie_instances", "Instances of all workflows.");
    prometheus::Gauge& last_seq =
        gauge(registry, "banjie_store_last_seq", "Sequence number of the newest event.");
    prometheus::Gauge& commits =
        gauge(registry, "banjie_store_commits", "Batches made durable since the start.");
    prometheus::Gauge& groups = gauge(registry, "banjie_store_groups",
                                      "Synced writes since the start; batches share them.");
    prometheus::Gauge& queued =
        gauge(registry, "banjie_store_queued", "Batches that wait for the disk.");
    prometheus::Gauge& free_bytes =
        gauge(registry, "banjie_store_free_bytes", "Free space of the store's disk.");
    prometheus::Gauge& accepts_writes =
        gauge(registry, "banjie_store_accepts_writes", "1 while the store takes writes, else 0.");
    prometheus::Gauge& certificate_ends =
        gauge(registry, "banjie_tls_certificate_end_seconds",
              "Unix time at which the certificate ends; 0 without one.");
    prometheus::Gauge& last_backup =
        gauge(registry, "banjie_backup_last_seconds",
              "Unix time of the newest whole backup; 0 when there is none.");
    prometheus::Gauge& last_drill =
        gauge(registry, "banjie_backup_drill_last_seconds",
              "Unix time at which a backup was last restored and found sound; 0: never.");
    prometheus::Gauge& drill_failed = gauge(registry, "banjie_backup_drill_failed",
                                            "1 while the last drill found a fault, else 0.");
    prometheus::Gauge& clock_jumps =
        gauge(registry, "banjie_clock_jumps", "Jumps of the wall clock since the start.");
    prometheus::Gauge& head_signed =
        gauge(registry, "banjie_signed_head_last_seconds",
              "Unix time at which a head of the chain was last signed; 0: not since the start.");
    prometheus::Gauge& head_signed_seq = gauge(registry, "banjie_signed_head_last_seq",
                                               "Sequence number of the newest signed head.");
    prometheus::Gauge& syslog_sent = gauge(registry, "banjie_syslog_sent",
                                           "Messages given to the syslog server since the start.");
    prometheus::Gauge& syslog_lost =
        gauge(registry, "banjie_syslog_lost",
              "Messages for the syslog server that were dropped since the start.");
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

Metrics::Route& Metrics::route(std::string_view name) {
    auto& route = families_->routes.emplace_back();
    route.name = name;
    route.requests = &families_->requests;
    route.seconds = &families_->seconds.Add({{"route", route.name}}, seconds_bounds);
    return route;
}

void Metrics::answered(Route& route, int status, std::chrono::nanoseconds took) {
    route.count(status).Increment();
    route.seconds->Observe(std::chrono::duration<double>(took).count());
}

std::string Metrics::text(engine::Office& office, Conditions const& conditions) {
    auto const status = office.store.status();
    families_->instances.Set(static_cast<double>(office.index.size()));
    families_->last_seq.Set(static_cast<double>(status.last_seq));
    families_->commits.Set(static_cast<double>(status.commits));
    families_->groups.Set(static_cast<double>(status.groups));
    families_->queued.Set(static_cast<double>(status.queued));
    families_->free_bytes.Set(static_cast<double>(status.free_bytes));
    families_->accepts_writes.Set(status.accepts_writes ? 1.0 : 0.0);
    families_->certificate_ends.Set(seconds_of(conditions.certificate_ends_ms));
    families_->last_backup.Set(seconds_of(conditions.last_backup_ms));
    families_->last_drill.Set(seconds_of(conditions.last_drill_ms));
    families_->drill_failed.Set(conditions.last_drill_failed ? 1.0 : 0.0);
    families_->clock_jumps.Set(static_cast<double>(conditions.clock_jumps));
    families_->head_signed.Set(seconds_of(conditions.head_signed_ms));
    families_->head_signed_seq.Set(static_cast<double>(conditions.head_signed_seq));
    families_->syslog_sent.Set(static_cast<double>(conditions.syslog_sent));
    families_->syslog_lost.Set(static_cast<double>(conditions.syslog_lost));
    return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

} // namespace banjie::api
