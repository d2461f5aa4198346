#pragma once
// Copies of a database that is open.

#include "storage/backups.hpp"
#include "storage/rocksdb/database.hpp"

namespace banjie::storage {

/// Adds one more copy to the folder and checks it against its checksums. Returns its number.
/// Durable when it returns.
[[nodiscard]] Result<std::uint32_t> write_backup(Database& database, std::string const& folder,
                                                 Progress const& progress);

} // namespace banjie::storage
