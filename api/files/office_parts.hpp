#pragma once
// What office files are made of, in the formats before 2007: a small file system of records with
// names ([MS-CFB] 2.6).

#include <string>
#include <string_view>
#include <vector>

namespace banjie::api {

[[nodiscard]] bool is_compound_file(std::string_view bytes);

/// Returns the names of the records, in ASCII with '?' for other characters. Looks for records
/// wherever one may lie and follows none of the file's own chains, so that a file that hides one
/// from this also hides it from office programs.
[[nodiscard]] std::vector<std::string> compound_file_names(std::string_view bytes);

} // namespace banjie::api
