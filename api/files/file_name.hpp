#pragma once
// The names of attached files: what a person reads, and what their own system takes for the kind of
// the file when it is opened.

#include "api/files/file_type.hpp"

#include <string>

namespace banjie::api {

/// Returns the name with an ending that agrees with the content: one of another kind is replaced
/// ("scan.jpg" that holds a PNG becomes "scan.png"), and one is added where there is none. Refuses
/// the field `name` when it
///   - is empty, has over 200 characters, or has slashes, control characters or characters that
///     change how the rest is read (U+200E, U+202E …);
///   - begins with a dot, or ends with a dot or space;
///   - is a device's on some systems ("CON", "lpt1.pdf");
///   - has the ending of another kind of file altogether ("site.hta" that holds a JPEG).
[[nodiscard]] engine::Outcome<std::string> fitting_name(std::string name, FileType const& type);
/// Returns the same without knowing the content: whether some kind could make the name fit.
[[nodiscard]] engine::Outcome<void> check_name(std::string const& name);

} // namespace banjie::api
