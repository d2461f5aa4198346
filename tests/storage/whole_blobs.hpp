#pragma once
// Blobs in one piece, for tests that have small ones.

#include "storage/blobs.hpp"

#include <string>
#include <string_view>

namespace banjie::storage {

[[nodiscard]] inline Result<std::unique_ptr<NewBlob>> begun(Blobs& blobs, std::string_view id,
                                                            std::string_view bytes) {
    auto blob = blobs.begin(id, bytes.size());
    if (!blob) return blob;
    if (auto appended = (*blob)->append(bytes); !appended) return appended.error();
    return blob;
}

/// Durable when it returns, and on probation.
[[nodiscard]] inline Result<void> write(Blobs& blobs, std::string_view id, std::string_view bytes) {
    auto const blob = begun(blobs, id, bytes);
    return blob ? (*blob)->finish() : blob.error();
}

/// In place of the one that has that id; not on probation.
[[nodiscard]] inline Result<void> put(Blobs& blobs, std::string_view id, std::string_view bytes) {
    auto const blob = begun(blobs, id, bytes);
    return blob ? (*blob)->replace() : blob.error();
}

[[nodiscard]] inline Result<std::string> read(Blob const& blob) {
    std::string bytes(blob.size(), '\0');
    if (auto done = blob.read(0, bytes); !done) return done.error();
    return bytes;
}

[[nodiscard]] inline Result<std::string> read(Blobs& blobs, std::string_view id) {
    auto const blob = blobs.open(id);
    if (!blob) return blob.error();
    return read(**blob);
}

} // namespace banjie::storage
