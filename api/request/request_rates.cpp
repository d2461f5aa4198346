#include "api/request/request_rates.hpp"

#include "api/limits.hpp"

#include <algorithm>
#include <cmath>

namespace banjie::api {

bool is_of_this_machine(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

int RequestRates::admit(std::string_view caller, engine::Time now) {
    if (per_second_ <= 0) return 0;
    std::lock_guard const lock(mutex_);
    auto& bucket = bucket_of(caller, now);
    int const wait_s = wait_of(bucket);
    if (wait_s == 0) bucket.requests -= 1;
    return wait_s;
}

int RequestRates::charge(std::string_view caller, double requests, engine::Time now) {
    if (per_second_ <= 0) return 0;
    std::lock_guard const lock(mutex_);
    auto& bucket = bucket_of(caller, now);
    bucket.requests -= std::min<double>(requests, limits::request_cost_max);
    return wait_of(bucket);
}

void RequestRates::took(std::string_view caller, std::chrono::microseconds time, engine::Time now) {
    auto const requests = static_cast<double>(time.count()) / limits::request_cost_us;
    if (requests > 1) charge(caller, requests - 1, now); // one is counted already
}

int RequestRates::wait_of(Bucket const& bucket) const {
    if (bucket.requests >= 1) return 0;
    return static_cast<int>(std::ceil((1 - bucket.requests) / per_second_));
}

RequestRates::Bucket& RequestRates::bucket_of(std::string_view caller, engine::Time now) {
    double const most = per_second_ * limits::request_burst_s;
    if (buckets_.size() >= limits::counted_callers) make_room(now);
    auto& bucket = buckets_.try_emplace(std::string(caller), Bucket{most, now}).first->second;
    std::chrono::duration<double> const passed =
        std::max(now - bucket.at, engine::Time::duration{});
    bucket.requests = std::min(most, bucket.requests + passed.count() * per_second_);
    bucket.at = now;
    return bucket;
}

void RequestRates::make_room(engine::Time now) {
    std::chrono::seconds const refilled{limits::request_burst_s};
    std::erase_if(buckets_, [&](auto const& one) { return one.second.at + refilled <= now; });
    // Still full: reset all, so that memory stays bounded.
    if (buckets_.size() >= limits::counted_callers) buckets_.clear();
}

} // namespace banjie::api
