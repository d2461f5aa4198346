#pragma once
// The boxes of ISO media files (ISO/IEC 14496-12): HEIC photos, MP4 and MOV videos.

#include <string>

namespace banjie::api {

/// Overwrites the metadata of a photo or video: Exif and XMP items with zeros (ISO/IEC 23008-12),
/// user data and metadata of a film as free space. Picture, sound and length stay the same. Returns
/// whether the boxes could be read; if not, nothing is changed.
[[nodiscard]] bool silence_media(std::string& bytes);

} // namespace banjie::api
