#pragma once
// One blob as a file: where it is, how it is written, and how it is read.

#include "storage/blobs.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace banjie::storage {

inline constexpr auto probation = "probation"; // the folder's name

[[nodiscard]] bool is_blob_id(std::string_view id);
/// Returns the name of the folder: two hexadecimal digits.
[[nodiscard]] std::string partition_folder(Partition partition);

/// The folder of all blobs (see `open_blob_files`).
struct BlobFolder {
    std::string directory;
    std::uint64_t reserve_bytes = 0;

    [[nodiscard]] std::string path_of(std::string_view id) const;
    [[nodiscard]] std::string path_on_probation(std::string_view id) const;
    /// Fails with `no_space` if so many bytes more would take the disk's reserve.
    [[nodiscard]] Result<void> check_reserve(std::uint64_t bytes) const;
};

/// As `Blobs::begin`. The folder must outlive it.
[[nodiscard]] Result<std::unique_ptr<NewBlob>>
begin_blob_file(BlobFolder const& folder, std::string_view id, std::uint64_t bytes);
[[nodiscard]] Result<std::shared_ptr<Blob const>> open_blob_file(std::string const& path);

} // namespace banjie::storage
