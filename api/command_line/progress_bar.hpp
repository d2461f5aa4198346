#pragma once
// Progress of long work, on the standard error stream. Prints nothing if that is not a terminal.

#include <chrono>
#include <cstdint>
#include <string>

namespace banjie::api::command_line {

class ProgressBar {
public:
    explicit ProgressBar(std::string what);
    /// Ends the line.
    ~ProgressBar();
    ProgressBar(ProgressBar const&) = delete;
    ProgressBar& operator=(ProgressBar const&) = delete;

    /// Draws the bar, at most a few times a second.
    void show(std::uint64_t done, std::uint64_t total);

private:
    std::string what_;
    bool terminal_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point last_{};
};

} // namespace banjie::api::command_line
