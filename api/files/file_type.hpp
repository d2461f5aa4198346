#pragma once
// The kinds of file that may be attached, determined by their content alone. The type that the
// uploader claims is ignored.

#include "engine/command.hpp"

#include <array>
#include <string_view>

namespace banjie::api {

struct FileType {
    std::string_view content_type;
    std::array<std::string_view, 4> endings; // in small letters; a new name gets the first
    bool is_shown_inline = false;            // browsers can show it

    [[nodiscard]] bool has_ending(std::string_view ending) const;
};

/// Returns the kind of the bytes. The result lives as long as the program. Refuses with
///   `unsupported_attachment`   a kind that may not be attached, or a ZIP that holds one
///   `macros_in_attachment`     an office file, also of the old formats, that contains a program
///   `attachment_too_dense`     a ZIP of too many or too large parts
///   `cannot_inspect`           any file while the system lacks the memory to inspect it
/// Reads at most limits::zip_parts and limits::unzipped_bytes of a ZIP. Takes milliseconds.
[[nodiscard]] engine::Outcome<FileType const*> file_type_of(std::string_view bytes);

/// Returns the kind of an earlier attachment, or nullptr if that kind is no longer allowed.
[[nodiscard]] FileType const* file_type_named(std::string_view content_type);
/// Returns whether some kind has that ending.
[[nodiscard]] bool is_known_ending(std::string_view ending);

} // namespace banjie::api
