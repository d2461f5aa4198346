#pragma once
// Looks for malware in files that come in, by a scanner that the operator runs beside the program.

#include "engine/command.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace banjie::api {

/// Thread-safe; calls wait for the scanner.
class Scanner {
public:
    virtual ~Scanner() = default;
    /// Refuses `malware_found`, and `scanner_unavailable` where nobody knows: a file that was not
    /// looked at is not taken.
    [[nodiscard]] virtual engine::Outcome<void> scan(std::string_view bytes) = 0;
};

/// Talks to clamd by its command INSTREAM (man clamd). `socket_path` is of its local socket. A scan
/// takes at most limits::scan_time_s.
[[nodiscard]] std::unique_ptr<Scanner> open_clamd(std::string socket_path);

} // namespace banjie::api
