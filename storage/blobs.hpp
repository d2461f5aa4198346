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

    /// Writes a copy under that id, in place of what has it; not on probation. Durable when it
    /// returns.
    [[nodiscard]] virtual Result<void> put(std::string_view id, std::string_view bytes) = 0;
    /// Takes one out of the blobs without losing its bytes.
    [[nodiscard]] virtual Result<void> set_aside(std::string_view id) = 0;
    /// Names what is among the blobs and is none, as file systems and tools leave it there: at most
    /// `limits::strays`. Everything else passes over them.
    [[nodiscard]] virtual Result<std::vector<std::string>> strays() = 0;
};

/// In files below a folder that is made if absent:
///
///   <partition, two hexadecimal digits>/<id>    the bytes
///   probation/<id>                              a second name of one that is on probation
///   unnamed/<id>                                what was set aside
///
/// A file gets its own name only when all of it is on the disk. Whatever has another name, lies in
/// another folder or is no file is a stray.
///
/// Refuses to write what would leave less than `reserve_bytes` of free disk: `no_space`, before a
/// byte is written.
[[nodiscard]] Result<std::unique_ptr<Blobs>> open_blob_files(std::string const& directory,
                                                             std::uint64_t reserve_bytes = 0);

/// For tests.
[[nodiscard]] std::unique_ptr<Blobs> open_memory_blobs();

} // namespace banjie::storage
