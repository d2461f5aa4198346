#pragma once
// Blobs: bytes that are too large for a record. Written once, never changed.
//
// A blob is written before the record that names it, and is on probation until then: `write`, then
// the record's commit, then `keep`. `on_probation` lists the blobs that a crash left on probation;
// the caller, who knows the records, decides about them.

#include "storage/store.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::storage {

/// Interface of the blobs. An id has at most 128 characters: letters, digits, '.', '_' and '-', the
/// first not '.'. Any other id is a broken invariant. Thread-safe. Calls block on the disk.
class Blobs {
public:
    virtual ~Blobs() = default;

    /// Writes a blob, which starts on probation. The id must be new. Durable when it returns.
    [[nodiscard]] virtual Result<void> write(std::string_view id, std::string_view bytes) = 0;
    /// Ends the probation. Need not be durable: a blob that a record names is kept anyway.
    virtual void keep(std::string_view id) = 0;
    [[nodiscard]] virtual Result<std::vector<std::string>> on_probation() = 0;
    /// Removes a blob. Removing a blob that does not exist succeeds.
    [[nodiscard]] virtual Result<void> remove(std::string_view id) = 0;

    /// Returns the bytes. Fails with `unreadable` if the blob is absent.
    [[nodiscard]] virtual Result<std::string> read(std::string_view id) = 0;
    /// Calls `visit` with every id, in no particular order. Stops when `visit` returns false.
    [[nodiscard]] virtual Result<void>
    scan(std::function<bool(std::string const& id)> const& visit) = 0;

    /// Writes a blob that is not on probation, replacing any blob of that id. Durable when it
    /// returns.
    [[nodiscard]] virtual Result<void> put(std::string_view id, std::string_view bytes) = 0;
    /// Takes a blob out of the blobs without losing its bytes.
    [[nodiscard]] virtual Result<void> set_aside(std::string_view id) = 0;
    /// Returns the names of strays: files that are no blobs, as file systems and tools leave them.
    /// Returns at most `limits::strays`. The other functions ignore strays.
    [[nodiscard]] virtual Result<std::vector<std::string>> strays() = 0;
};

/// Opens the blobs in files below a folder, which is made if absent:
///
///   <partition, two hexadecimal digits>/<id>    the bytes
///   probation/<id>                              a second name of a blob on probation
///   unnamed/<id>                                a blob that was set aside
///
/// A file gets its own name only when all of it is on the disk. A file with another name or in
/// another folder is a stray, and so is anything that is no regular file.
///
/// Refuses a write that would leave less than `reserve_bytes` of free disk with `no_space`, before
/// a byte is written.
[[nodiscard]] Result<std::unique_ptr<Blobs>> open_blob_files(std::string const& directory,
                                                             std::uint64_t reserve_bytes = 0);

/// Returns blobs in memory, for tests.
[[nodiscard]] std::unique_ptr<Blobs> open_memory_blobs();

} // namespace banjie::storage
