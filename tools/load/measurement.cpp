#include "tools/load/measurement.hpp"

#include <algorithm>
#include <sys/resource.h>

namespace banjie::load {

namespace {

double cpu_s() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

} // namespace

Measurement::Measurement() : began_(std::chrono::steady_clock::now()), cpu_began_s_(cpu_s()) {}

void Measurement::saw(LoadAnswer const& answer) {
    if (answer.good()) {
        took_us_.push_back(static_cast<std::uint32_t>(answer.took.count()));
        return;
    }
    ++errors_;
    if (first_error_.empty()) first_error_ = std::to_string(answer.status) + " " + answer.body;
}

void Measurement::broke(std::string const& why) {
    ++errors_;
    if (first_error_.empty()) first_error_ = "a connection broke: " + why;
}

nlohmann::json Measurement::result() {
    auto const seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    nlohmann::json result{{"answers", took_us_.size()},
                          {"errors", errors_},
                          {"seconds", seconds},
                          {"per_s", static_cast<double>(took_us_.size()) / seconds},
                          {"p50_ms", percentile_ms(took_us_, 0.5)},
                          {"p99_ms", percentile_ms(took_us_, 0.99)},
                          {"p999_ms", percentile_ms(took_us_, 0.999)},
                          {"load_cores", (cpu_s() - cpu_began_s_) / seconds}};
    if (!first_error_.empty()) result["first_error"] = first_error_;
    return result;
}

double percentile_ms(std::vector<std::uint32_t>& took_us, double share) {
    if (took_us.empty()) return 0;
    if (!std::is_sorted(took_us.begin(), took_us.end())) std::sort(took_us.begin(), took_us.end());
    auto const at = static_cast<std::size_t>(share * static_cast<double>(took_us.size() - 1));
    return took_us[at] / 1'000.0;
}

} // namespace banjie::load
