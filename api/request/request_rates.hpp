#pragma once
// How many requests one caller may make, so that a runaway program or a thief of data does not take
// the server from everybody else.

#include "engine/outcome.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace banjie::api {

/// Loopback: programs of the operator, on the server's own machine.
[[nodiscard]] bool is_of_this_machine(std::string_view address);

/// A bucket per caller that fills again as time goes by. In memory; thread-safe.
class RequestRates {
public:
    /// 0: no bound.
    explicit RequestRates(int per_second) : per_second_(per_second) {}

    /// 0: go ahead; else seconds to wait. A caller who has been quiet may make
    /// limits::request_burst_s seconds' worth at once.
    [[nodiscard]] int admit(std::string_view caller, engine::Time now);

private:
    struct Bucket {
        double requests = 0; // that may be made at once
        engine::Time at{};
    };
    void make_room(engine::Time now);

    double per_second_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace banjie::api
