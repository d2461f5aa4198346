#pragma once
// Photos tell where, when and with which device they were taken, and by whom. That is personal
// data, which nobody meant to hand in.

#include "api/files/file_type.hpp"

#include <string>
#include <string_view>

namespace banjie::api {

/// Returns the photo or video without places, authors, devices and comments; how it is turned
/// stays. What is no photo or video comes back as it was. Refuses `damaged_photo` when it cannot be
/// read to its end. JPEG, PNG, WebP and TIFF are written anew around the same picture; HEIC, MP4
/// and MOV keep their length: what they tell is overwritten. GIF and BMP tell nothing of this.
[[nodiscard]] engine::Outcome<std::string> cleaned(std::string bytes, FileType const& type);

} // namespace banjie::api
