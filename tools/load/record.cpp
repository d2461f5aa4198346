#include "tools/load/record.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>

namespace banjie::load {

void Record::did(std::string const& problem, std::string_view command, std::uint64_t version,
                 Time began, Time ended) {
    add(problem, Kind::command, version, began, ended);
    if (!lines_) return;
    auto const at = std::chrono::system_clock::now().time_since_epoch();
    *lines_ << nlohmann::json{{"at_ms",
                               std::chrono::duration_cast<std::chrono::milliseconds>(at).count()},
                              {"problem", problem},
                              {"command", command},
                              {"version", version}}
                   .dump()
            << '\n';
}

void Record::may_have_done(std::string const& problem, Time began) {
    add(problem, Kind::unknown, UINT64_MAX, began, Time::max());
}

void Record::saw(std::string const& problem, std::uint64_t version, Time began, Time ended) {
    add(problem, Kind::read, version, began, ended);
}

void Record::add(std::string const& problem, Kind kind, std::uint64_t version, Time began,
                 Time ended) {
    auto const number = static_cast<std::uint32_t>(problems_.size());
    auto const known = problems_.try_emplace(problem, number).first;
    operations_.push_back({known->second, kind, version, began, ended});
}

std::vector<std::string> Record::findings() const {
    auto sorted = operations_;
    std::sort(sorted.begin(), sorted.end(), [](Operation const& a, Operation const& b) {
        return std::tie(a.problem, a.version, a.kind, a.began) <
               std::tie(b.problem, b.version, b.kind, b.began);
    });
    std::vector<std::string_view> names(problems_.size());
    for (auto const& [name, number] : problems_) names[number] = name;
    std::vector<std::string> found;
    for (auto from = sorted.cbegin(); from != sorted.cend();) {
        auto const to = std::find_if(from, sorted.cend(), [from](Operation const& one) {
            return one.problem != from->problem;
        });
        if (auto const what = finding(from, to); !what.empty())
            found.push_back("problem " + std::string(names[from->problem]) + ": " + what);
        from = to;
    }
    return found;
}

std::string Record::finding(Operations::const_iterator from, Operations::const_iterator to) {
    auto const unknown =
        std::find_if(from, to, [](Operation const& one) { return one.kind == Kind::unknown; });
    // Versions that no answer named were made by commands of unknown outcome, one by each. Such a
    // command began before anything ended that knew its version or a later one.
    std::vector<Time> known_by; // when those versions were known, the latest first
    auto earliest_end = Time::max();
    for (auto at = unknown; at != from;) {
        auto const one = --at;
        earliest_end = std::min(earliest_end, one->ended);
        auto const before = one == from ? 0 : std::prev(one)->version;
        bool const made = one->kind == Kind::command;
        if (before == one->version && made)
            return "version " + std::to_string(before) + " was made twice";
        if (before == one->version) continue;
        auto const missing = one->version - before - (made ? 1 : 0);
        if (missing > static_cast<std::uint64_t>(to - unknown))
            return "of the versions up to " + std::to_string(one->version) + ", " +
                   std::to_string(missing) + " were made by nobody";
        known_by.insert(known_by.end(), missing, earliest_end);
    }
    if (known_by.size() > static_cast<std::size_t>(to - unknown))
        return std::to_string(known_by.size()) + " versions were made by nobody";
    for (std::size_t i = 0; i < known_by.size(); ++i)
        if (known_by[known_by.size() - 1 - i] < (unknown + static_cast<std::ptrdiff_t>(i))->began)
            return "a version was known before any command began that could have made it";

    auto latest_begin = Time::min(); // of all that must come before
    for (auto at = from; at != unknown;) {
        auto reads_began = Time::min(); // reads of one version come in any order
        for (auto const version = at->version; at != unknown && at->version == version; ++at) {
            if (at->ended < latest_begin)
                return "version " + std::to_string(at->version) +
                       " was known before something began that knew of less";
            if (at->kind == Kind::command) latest_begin = std::max(latest_begin, at->began);
            reads_began = std::max(reads_began, at->began);
        }
        latest_begin = std::max(latest_begin, reads_began);
    }
    return {};
}

} // namespace banjie::load
