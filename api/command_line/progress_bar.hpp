#pragma once
// How far long work is, on the standard error stream; silent where that is no terminal.

#include <chrono>
#include <cstdint>
#include <string>

namespace banjie::api::command_line {

class ProgressBar {
public:
    explicit ProgressBar(std::string what);
    /// Leaves the line behind.
    ~ProgressBar();
    ProgressBar(ProgressBar const&) = delete;
    ProgressBar& operator=(ProgressBar const&) = delete;

    /// Draws at most some times a second.
    void show(std::uint64_t done, std::uint64_t total);

private:
    std::string what_;
    bool terminal_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point last_{};
};

} // namespace banjie::api::command_line
