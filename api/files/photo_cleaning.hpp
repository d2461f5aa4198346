#pragma once
// Removal of the metadata of photos. It shows where, when, by whom and with which device they were
// taken, which is personal data that reporters do not mean to submit.

#include "api/files/file_type.hpp"

#include <string>
#include <string_view>

namespace banjie::api {

/// Returns whether `cleaned` may change files of that type.
[[nodiscard]] bool is_cleaned(FileType const& type);
/// Returns the photo or video without places, authors, devices and comments. Its orientation stays.
/// Returns any other file unchanged. Refuses with `damaged_photo` if it cannot be read to its end.
/// JPEG, PNG, WebP and TIFF are rewritten around the same picture. HEIC, MP4 and MOV keep their
/// length: their metadata is overwritten. GIF and BMP contain no such metadata.
[[nodiscard]] engine::Outcome<std::string> cleaned(std::string bytes, FileType const& type);

} // namespace banjie::api
