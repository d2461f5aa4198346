#pragma once
// The boxes of ISO media files (ISO/IEC 14496-12): HEIC photos, MP4 and MOV videos.

#include <string>

namespace banjie::api {

/// Overwrites what a photo or video tells beside its picture and sound: Exif and XMP items with
/// zeros (ISO/IEC 23008-12), user data and metadata of a film as free space. The length stays.
/// Returns whether the boxes could be read; where they cannot, nothing is changed.
[[nodiscard]] bool silence_media(std::string& bytes);

} // namespace banjie::api
