#pragma once
// Bytes beside the records, for what is too large to be one: written once, never changed.
//
// A blob is written before the record that names it, and is on probation until then: `write`, then
// the record's commit, then `keep`. What a crash left on probation is told by `on_probation`;
// whoever knows the records decides.

#include "storage/store.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::storage {

/// Ids are made of letters, digits, '.', '_' and '-', and are at most 128 characters; another is a
/// broken invariant. Thread-safe; calls wait for the disk.
class Blobs {
public:
    virtual ~Blobs() = default;

    /// Durable when it returns, and on probation. The id must be new.
    [[nodiscard]] virtual Result<void> write(std::string_view id, std::string_view bytes) = 0;
    /// Ends the probation. Needs not be durable: a blob that has its record is kept anyway.
    virtual void keep(std::string_view id) = 0;
    [[nodiscard]] virtual Result<std::vector<std::string>> on_probation() = 0;
    /// An absent one is well.
    [[nodiscard]] virtual Result<void> remove(std::string_view id) = 0;

    /// `unreadable` when absent.
    [[nodiscard]] virtual Result<std::string> read(std::string_view id) = 0;
    /// Every id, in no order; returning false ends it.
    [[nodiscard]] virtual Result<void>
    scan(std::function<bool(std::string const& id)> const& visit) = 0;

    /// Adds to `directory` durable copies of all that are not in it yet. Called after the backup of
    /// the records, it holds every blob that they name.
    [[nodiscard]] virtual Result<void> backup(std::string const& directory) = 0;
};

/// In files below a folder that is made if absent:
///
///   <partition, two hexadecimal digits>/<id>    the bytes
///   probation/<id>                              a second name of one that is on probation
///
/// A file gets its own name only when all of it is on the disk.
[[nodiscard]] Result<std::unique_ptr<Blobs>> open_blob_files(std::string const& directory);

/// For tests.
[[nodiscard]] std::unique_ptr<Blobs> open_memory_blobs();

} // namespace banjie::storage
