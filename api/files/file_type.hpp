#pragma once
// The kinds of file that may be attached, told by their content alone: what the uploader claims
// plays no part.

#include "engine/command.hpp"

#include <array>
#include <string_view>

namespace banjie::api {

struct FileType {
    std::string_view content_type;
    std::array<std::string_view, 4> endings; // in small letters; the first is given to a new name
    bool is_shown_inline = false;            // a browser shows it by itself

    [[nodiscard]] bool has_ending(std::string_view ending) const;
};

/// Returns the kind of the bytes. Lives as long as the program. Refused:
///   `unsupported_attachment`   of no kind that may be attached, or a ZIP that holds one
///   `macros_in_attachment`     an office file, of the old formats too, with a program in it
///   `attachment_too_dense`     a ZIP of too many or too large parts
///   `cannot_inspect`           the system has no room to look at it now
/// A ZIP is read as far as limits::zip_parts and limits::unzipped_bytes. Takes milliseconds.
[[nodiscard]] engine::Outcome<FileType const*> file_type_of(std::string_view bytes);

/// Returns the kind of what was attached earlier; nullptr if it is none of today's.
[[nodiscard]] FileType const* file_type_named(std::string_view content_type);
/// Returns whether some kind has that ending.
[[nodiscard]] bool is_known_ending(std::string_view ending);

} // namespace banjie::api
