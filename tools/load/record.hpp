#pragma once
// What a load asked of each problem and when, by its own clock, so that the answers can be checked
// against each other: is there one order of all commands and reads of a problem that explains
// every answer and in which nothing comes before what had ended before it began (linearizability)?

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::load {

/// On one thread. Of problems that the load reported itself, each command one version on.
class Record {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// `lines`, if any, hears of each command that was done, as JSON with the time of day:
    /// {"at_ms","problem","command","version"}. It outlives the record.
    explicit Record(std::ostream* lines = nullptr) : lines_(lines) {}

    /// A command that was answered with the version that it made.
    void did(std::string const& problem, std::string_view command, std::uint64_t version,
             Time began, Time ended);
    /// A command whose outcome nobody was told: it was done once or never, at any time since.
    void may_have_done(std::string const& problem, Time began);
    /// A read that was answered with that version.
    void saw(std::string const& problem, std::uint64_t version, Time began, Time ended);

    /// What no order explains, a sentence each, at most one for a problem; in O(n log n).
    [[nodiscard]] std::vector<std::string> findings() const;

private:
    enum class Kind : std::uint8_t { command, read, unknown }; // commands before reads
    struct Operation {
        std::uint32_t problem;
        Kind kind;
        std::uint64_t version;
        Time began, ended;
    };
    using Operations = std::vector<Operation>;

    void add(std::string const& problem, Kind kind, std::uint64_t version, Time began, Time ended);
    /// Of one problem, ordered by version; empty: it can be explained.
    [[nodiscard]] static std::string finding(Operations::const_iterator from,
                                             Operations::const_iterator to);

    std::ostream* lines_;
    std::map<std::string, std::uint32_t> problems_;
    Operations operations_;
};

} // namespace banjie::load
