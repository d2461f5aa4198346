#pragma once
// Names of attached files. People read them, and operating systems use them to choose the program
// that opens the file.

#include "api/files/file_type.hpp"

#include <string>

namespace banjie::api {

/// Returns the name with an ending that agrees with the content: another ending is replaced
/// ("scan.jpg" that holds a PNG becomes "scan.png"), and a missing one is added. Refuses the field
/// `name` if it
///   - is empty, has over 200 characters, or has slashes, control characters or characters that
///     change how the rest is read (U+200E, U+202E …);
///   - begins with a dot, or ends with a dot or space;
///   - is the name of a device on some systems ("CON", "lpt1.pdf");
///   - has the ending of an entirely different kind of file ("site.hta" that holds a JPEG).
[[nodiscard]] engine::Outcome<std::string> fitting_name(std::string name, FileType const& type);
/// Refuses a name that is valid for no kind of file. Called before the content is known.
[[nodiscard]] engine::Outcome<void> check_name(std::string const& name);

} // namespace banjie::api
