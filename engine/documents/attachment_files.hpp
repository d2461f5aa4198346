#pragma once
// Files of the attachments, as named in their records: verified, and copied to and from backups.

#include "storage/blobs.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// A file as described in a record.
struct AttachmentFile {
    std::string blob; // id of the blob
    std::uint64_t size_bytes = 0;
    std::string sha256;
};

/// Returns every file named in a record, including those of removed attachments.
[[nodiscard]] storage::Result<std::vector<AttachmentFile>> attachment_files(storage::Store& store);

/// Fault of a file that can be read, but has other bytes.
inline constexpr std::string_view altered_file = "is not what was uploaded";

/// A blob, or the failure to open it.
using OpenedBlob = storage::Result<std::shared_ptr<storage::Blob const>>;

/// Reads the whole blob of the file. Returns its fault as the rest of a sentence: "is absent or
/// unreadable (…)", or `altered_file`. Returns an empty text if there is none.
[[nodiscard]] std::string trouble_with(AttachmentFile const& file, OpenedBlob const& blob);

struct CopiedFiles {
    std::uint64_t written = 0; // the others were present and intact
    std::uint64_t mended = 0;  // of those written, how many replaced a damaged file
    /// A sentence for each file that is intact in neither place; the copy lacks it.
    std::vector<std::string> missing;
    /// A sentence for each file that is damaged in `from` but intact in `to`.
    std::vector<std::string> damaged;
};
/// Copies files until `to` holds each of them as it was uploaded. Reads each file in both places.
/// Fails if `to` cannot be written.
[[nodiscard]] storage::Result<CopiedFiles> copy_files(std::span<AttachmentFile const> files,
                                                      storage::Blobs& from, storage::Blobs& to,
                                                      storage::Progress const& progress);

/// Report on whether every attachment has the bytes that were uploaded, and every blob belongs to
/// an attachment: one sentence for each fault, at most 100.
struct AttachmentReport {
    std::uint64_t attachments = 0;
    std::vector<std::string> findings;
    std::vector<std::string> strays; // files that are not blobs: harmless, and ignored
};
[[nodiscard]] storage::Result<AttachmentReport> verify_attachments(storage::Store& store,
                                                                   storage::Blobs& blobs);

} // namespace banjie::engine
