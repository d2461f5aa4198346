#pragma once
// How RocksDB's log ends. RocksDB itself takes any record that reaches beyond the end of its file
// for one that was being written when the power went, and reads no further: a single flipped bit in
// a record's size or type would take acknowledged commands with it, unnoticed.

#include <cstdint>
#include <string>

namespace banjie::storage {

enum class LogTail {
    whole,   // the last record ends where its file does
    torn,    // a record was being written: nobody was told of it
    damaged, // RocksDB would take a record for the end that is not
};

/// The worst of all logs in the folder of a database that nobody writes to. Reads them whole.
[[nodiscard]] LogTail log_tail(std::string const& database_directory);

/// The highest number of a log in the folder of a database; 0: there is none.
[[nodiscard]] std::uint64_t newest_log(std::string const& database_directory);

} // namespace banjie::storage
