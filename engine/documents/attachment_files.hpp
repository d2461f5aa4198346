#pragma once
// The files behind the attachments, as the records name them: checked, and copied to and from
// backups.

#include "storage/blobs.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace banjie::engine {

/// What a record says of a file.
struct AttachmentFile {
    std::string blob; // its id among the blobs
    std::uint64_t size_bytes = 0;
    std::string sha256;
};

/// Every file that a record names, of removed attachments too.
[[nodiscard]] storage::Result<std::vector<AttachmentFile>> attachment_files(storage::Store& store);

/// What is wrong with the bytes that were read for it, as the rest of a sentence: "is absent or
/// unreadable (…)", "is not what was uploaded". Empty: nothing.
[[nodiscard]] std::string trouble_with(AttachmentFile const& file,
                                       storage::Result<std::string> const& bytes);

struct CopiedFiles {
    std::uint64_t written = 0; // the others were there, and whole
    std::uint64_t mended = 0;  // of those written, where there was another file before
    /// A sentence for each file that is whole in neither place: it is not in the copy.
    std::vector<std::string> missing;
    /// A sentence for each file that is not whole in `from`, but is in `to`.
    std::vector<std::string> damaged;
};
/// Makes `to` hold every one of these files as it was uploaded. Reads each in both places. Fails
/// where `to` cannot be written to.
[[nodiscard]] storage::Result<CopiedFiles> copy_files(std::span<AttachmentFile const> files,
                                                      storage::Blobs& from, storage::Blobs& to,
                                                      storage::Progress const& progress);

/// Every attachment is there with the bytes that were uploaded, and no blob belongs to nobody: one
/// sentence for each that fails, at most 100.
struct AttachmentReport {
    std::uint64_t attachments = 0;
    std::vector<std::string> findings;
    std::vector<std::string> strays; // what is no blob: harmless, and passed over
};
[[nodiscard]] storage::Result<AttachmentReport> verify_attachments(storage::Store& store,
                                                                   storage::Blobs& blobs);

} // namespace banjie::engine
