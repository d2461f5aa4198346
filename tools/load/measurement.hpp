#pragma once
// What a load has seen: how long each answer took, and what was refused.

#include "tools/load/line.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace banjie::load {

/// Begins when it is made. On one thread.
class Measurement {
public:
    Measurement();

    void expect(std::size_t answers) { took_us_.reserve(answers); }
    /// Counts it, and keeps the first refusal's text.
    void saw(LoadAnswer const& answer);
    /// A connection ended by an error.
    void broke(std::string const& why);

    [[nodiscard]] std::uint64_t answers() const { return took_us_.size(); }
    /// {answers, errors, first_error?, seconds, per_s, p50_ms, p99_ms, p999_ms, load_cores}:
    /// latencies are those of the good answers; load_cores is what this process took of the
    /// processor.
    [[nodiscard]] nlohmann::json result();

private:
    std::chrono::steady_clock::time_point began_;
    double cpu_began_s_;
    std::vector<std::uint32_t> took_us_;
    std::uint64_t errors_ = 0;
    std::string first_error_;
};

/// Of some times, the one below which that share of them lies, in ms; sorts them.
[[nodiscard]] double percentile_ms(std::vector<std::uint32_t>& took_us, double share);

} // namespace banjie::load
