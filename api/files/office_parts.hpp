#pragma once
// Records of office files in the formats before 2007: a small file system with named records
// ([MS-CFB] 2.6).

#include <string>
#include <string_view>
#include <vector>

namespace banjie::api {

[[nodiscard]] bool is_compound_file(std::string_view bytes);

/// Returns the names of the records, in ASCII with '?' for other characters. Searches every
/// position where a record can be and follows none of the file's chains, so that a file that hides
/// a record from this function also hides it from office programs.
[[nodiscard]] std::vector<std::string> compound_file_names(std::string_view bytes);

} // namespace banjie::api
