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
    double const most = per_second_ * limits::request_burst_s;
    std::lock_guard const lock(mutex_);
    if (buckets_.size() >= limits::counted_callers) make_room(now);
    auto& bucket = buckets_.try_emplace(std::string(caller), Bucket{most, now}).first->second;
    std::chrono::duration<double> const passed =
        std::max(now - bucket.at, engine::Time::duration{});
    bucket.requests = std::min(most, bucket.requests + passed.count() * per_second_);
    bucket.at = now;
    if (bucket.requests >= 1) {
        bucket.requests -= 1;
        return 0;
    }
    return static_cast<int>(std::ceil((1 - bucket.requests) / per_second_));
}

void RequestRates::make_room(engine::Time now) {
    std::chrono::seconds const refilled{limits::request_burst_s};
    std::erase_if(buckets_, [&](auto const& one) { return one.second.at + refilled <= now; });
    // Still full: reset all, so that memory stays bounded.
    if (buckets_.size() >= limits::counted_callers) buckets_.clear();
}

} // namespace banjie::api
