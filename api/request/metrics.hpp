#pragma once
// Metrics for Prometheus: requests by route and status, their duration, and the state of store and
// index at the time of the scrape.

#include "api/request/conditions.hpp"
#include "engine/office.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace banjie::api {

class Metrics {
public:
    Metrics();
    ~Metrics();

    /// Metrics of one route ("GET /api/v1/me"). Keep the reference, since looking them up is not
    /// cheap.
    struct Route;
    [[nodiscard]] Route& route(std::string_view name);
    /// Counts one answered request. Thread-safe.
    static void answered(Route& route, int status, std::chrono::nanoseconds took);

    /// Returns the text format, version 0.0.4, with the current state of the office and the
    /// conditions.
    [[nodiscard]] std::string text(engine::Office& office, Conditions const& conditions);

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

} // namespace banjie::api
