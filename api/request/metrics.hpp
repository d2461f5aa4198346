#pragma once
// Figures for Prometheus: requests by route and status, time taken, and what the store and the
// index say when they are asked.

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

    /// The figures of one route ("GET /api/v1/me"); to be kept, since finding them is not cheap.
    struct Route;
    [[nodiscard]] Route& route(std::string_view name);
    /// Counts one answered request. Thread-safe.
    static void answered(Route& route, int status, std::chrono::nanoseconds took);

    /// The text format, version 0.0.4, with what the office and the conditions say now.
    [[nodiscard]] std::string text(engine::Office& office, Conditions const& conditions);

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

} // namespace banjie::api
