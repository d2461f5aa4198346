#pragma once
// Record of what a load asked of each problem and when, by its clock. It checks the answers for
// linearizability: one order of all commands and reads of a problem must explain every answer, and
// in it nothing may precede what had ended before it began.

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::load {

/// Record for one thread, of problems that the load reported itself. Each command of a problem
/// raises its version by one.
class Record {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Writes each command that was done to `lines`, if any, as JSON with the time of day:
    /// {"at_ms","problem","command","version"}. `lines` must outlive the record.
    explicit Record(std::ostream* lines = nullptr) : lines_(lines) {}

    /// Records a command that was answered with the version that it made.
    void did(std::string const& problem, std::string_view command, std::uint64_t version,
             Time began, Time ended);
    /// Records a command of unknown outcome: it was done once or never, at any time since.
    void may_have_done(std::string const& problem, Time began);
    /// Records a read that was answered with that version.
    void saw(std::string const& problem, std::uint64_t version, Time began, Time ended);

    /// Returns what no order explains: a sentence each, at most one for a problem. In O(n log n).
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
    /// Returns the finding about one problem, given its operations ordered by version; empty if
    /// some order explains them.
    [[nodiscard]] static std::string finding(Operations::const_iterator from,
                                             Operations::const_iterator to);

    std::ostream* lines_;
    std::map<std::string, std::uint32_t> problems_;
    Operations operations_;
};

} // namespace banjie::load
