#pragma once
// Blobs: bytes that are too large for a record. Written once, never changed.
//
// A blob is written before the record that names it, and is on probation until then: `write`, then
// the record's commit, then `keep`. `on_probation` lists the blobs that a crash left on probation;
// the caller, who knows the records, decides about them.

#include "storage/store.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::storage {

/// A blob that is open for reading. It can be read even after it is removed. Thread-safe.
class Blob {
public:
    virtual ~Blob() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Fills `place` with the bytes from `offset` on. Blocks on the disk. Fails with `unreadable`
    /// if there are fewer.
    [[nodiscard]] virtual Result<void> read(std::uint64_t offset, std::span<char> place) const = 0;
};

/// A blob that is being written, on probation. The destructor removes it unless it was finished.
/// Its Blobs must outlive it. Not thread-safe.
class NewBlob {
public:
    virtual ~NewBlob() = default;
    [[nodiscard]] virtual std::string const& id() const = 0;
    /// Appends. Does not block on the disk unless the system has no memory left for what it still
    /// has to write. Fails with `no_space` before it would use the disk's reserve.
    [[nodiscard]] virtual Result<void> append(std::string_view bytes) = 0;
    /// Returns all appended bytes, mapped and not copied. Valid until the next `append`.
    [[nodiscard]] virtual Result<std::string_view> bytes() = 0;
    /// Gives the blob its name. Durable when it returns, and on probation. The id must be new.
    [[nodiscard]] virtual Result<void> finish() = 0;
    /// Replaces any blob of that id; not on probation. Durable when it returns.
    [[nodiscard]] virtual Result<void> replace() = 0;
};

/// Interface of the blobs. An id has at most 128 characters: letters, digits, '.', '_' and '-', the
/// first not '.'. Any other id is a broken invariant. Thread-safe. Calls block on the disk.
class Blobs {
public:
    virtual ~Blobs() = default;

    /// Creates a blob of about that size. Fails with `no_space` if it would use the disk's reserve.
    [[nodiscard]] virtual Result<std::unique_ptr<NewBlob>> begin(std::string_view id,
                                                                 std::uint64_t bytes) = 0;
    /// Ends the probation. Need not be durable: a blob that a record names is kept anyway.
    virtual void keep(std::string_view id) = 0;
    [[nodiscard]] virtual Result<std::vector<std::string>> on_probation() = 0;
    /// Removes a blob. Removing a blob that does not exist succeeds.
    [[nodiscard]] virtual Result<void> remove(std::string_view id) = 0;

    /// Opens a blob. Fails with `unreadable` if it is absent.
    [[nodiscard]] virtual Result<std::shared_ptr<Blob const>> open(std::string_view id) = 0;
    /// Calls `visit` with every id, in no particular order. Stops when `visit` returns false.
    [[nodiscard]] virtual Result<void>
    scan(std::function<bool(std::string const& id)> const& visit) = 0;

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
