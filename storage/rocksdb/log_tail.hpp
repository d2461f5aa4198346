#pragma once
// How RocksDB's log ends. RocksDB takes any record that reaches beyond the end of its file for one
// that was being written at a power failure, and reads no further. A single flipped bit in a
// record's size or type would thus silently lose acknowledged commands.

#include <cstdint>
#include <string>

namespace banjie::storage {

enum class LogTail {
    whole,   // the last record ends where the file ends
    torn,    // the last record is incomplete: its commit was never acknowledged
    damaged, // RocksDB would take a damaged record for the end of the log
};

/// Returns the worst tail of all logs in the folder. Reads them whole. Nothing may write to the
/// database meanwhile.
[[nodiscard]] LogTail log_tail(std::string const& database_directory);

/// Returns the highest number of a log in the folder of a database, or 0 if there is none.
[[nodiscard]] std::uint64_t newest_log(std::string const& database_directory);

} // namespace banjie::storage
