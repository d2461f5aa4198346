#pragma once
// Search for malware in uploaded files, by a scanner that the operator runs beside the program.

#include "api/limits.hpp"
#include "engine/command.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace banjie::api {

/// A scanner of files. Thread-safe. Calls block until the scanner answers.
class Scanner {
public:
    virtual ~Scanner() = default;
    /// Refuses with `malware_found`, or with `scanner_unavailable` if the file could not be
    /// scanned: unscanned files are not accepted.
    [[nodiscard]] virtual engine::Outcome<void> scan(std::string_view bytes) = 0;
};

/// Returns a scanner that sends clamd the command INSTREAM (man clamd) through its local socket. A
/// scan takes at most `time`.
[[nodiscard]] std::unique_ptr<Scanner>
open_clamd(std::string socket_path,
           std::chrono::milliseconds time = std::chrono::seconds(limits::scan_time_s));

} // namespace banjie::api
