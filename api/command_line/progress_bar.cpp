#include "api/command_line/progress_bar.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace banjie::api::command_line {

ProgressBar::ProgressBar(std::string what)
    : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (drawn_) std::fputc('\n', stderr);
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
    if (!terminal_) return;
    auto const now = std::chrono::steady_clock::now();
    if (done < total && now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    drawn_ = true;
    constexpr std::uint64_t width = 32;
    auto const share = total == 0 ? width : std::min(done, total) * width / total;
    std::string const bar = std::string(share, '#') + std::string(width - share, '.');
    std::fprintf(stderr, "\r%s [%s] %llu/%llu", what_.c_str(), bar.c_str(),
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(total));
    std::fflush(stderr);
}

} // namespace banjie::api::command_line
