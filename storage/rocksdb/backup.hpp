#pragma once
// Copies of a database that is open.

#include "storage/rocksdb/database.hpp"

namespace banjie::storage {

/// One more copy in `directory`, checked against its checksums and on disk when it returns.
[[nodiscard]] Result<void> write_backup(Database& database, std::string const& directory,
                                        Progress const& progress);

} // namespace banjie::storage
