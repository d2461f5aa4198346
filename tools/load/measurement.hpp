#pragma once
// Measurements of a load: how long each answer took, and what was refused.

#include "tools/load/line.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace banjie::load {

/// Measurement that begins when it is constructed. For one thread.
class Measurement {
public:
    Measurement();

    void expect(std::size_t answers) { took_us_.reserve(answers); }
    /// Counts an answer, and keeps the first refusal's text.
    void saw(LoadAnswer const& answer);
    /// Counts a connection that an error ended.
    void broke(std::string const& why);

    [[nodiscard]] std::uint64_t answers() const { return took_us_.size(); }
    /// Returns {answers, errors, first_error?, seconds, per_s, p50_ms, p99_ms, p999_ms,
    /// load_cores}. Latencies are those of the good answers. load_cores is the processor time of
    /// this process, in cores.
    [[nodiscard]] nlohmann::json result();

private:
    std::chrono::steady_clock::time_point began_;
    double cpu_began_s_;
    std::vector<std::uint32_t> took_us_;
    std::uint64_t errors_ = 0;
    std::string first_error_;
};

/// Returns the given percentile in milliseconds. Sorts took_us.
[[nodiscard]] double percentile_ms(std::vector<std::uint32_t>& took_us, double share);

} // namespace banjie::load
