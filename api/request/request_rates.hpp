#pragma once
// Rate limit per caller, so that a runaway program or a data thief does not block everybody else.

#include "engine/outcome.hpp"

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace banjie::api {

/// Returns whether the address is loopback: a program on the server's own machine, run by the
/// operator.
[[nodiscard]] bool is_of_this_machine(std::string_view address);

/// Token buckets, one per caller, that refill over time. In memory. Thread-safe.
class RequestRates {
public:
    /// Sets the rate; 0 means no limit.
    explicit RequestRates(int per_second) : per_second_(per_second) {}

    /// Returns 0 if the request may proceed; otherwise the seconds to wait. A caller who was idle
    /// may make limits::request_burst_s seconds' worth of requests at once.
    [[nodiscard]] int admit(std::string_view caller, engine::Time now);
    /// Counts so many requests' worth, but limits::request_cost_max at most: what takes long, and
    /// is needed, does not keep its caller from the next. Returns as `admit` does for that.
    int charge(std::string_view caller, double requests, engine::Time now);
    /// Counts a request that has taken so long of a thread as several.
    void took(std::string_view caller, std::chrono::microseconds time, engine::Time now);

private:
    struct Bucket {
        double requests = 0; // tokens left
        engine::Time at{};
    };
    [[nodiscard]] int wait_of(Bucket const& bucket) const;
    [[nodiscard]] Bucket& bucket_of(std::string_view caller, engine::Time now);
    void make_room(engine::Time now);

    double per_second_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace banjie::api
