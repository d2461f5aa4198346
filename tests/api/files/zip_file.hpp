#pragma once
// ZIP files for tests.

#include <string>
#include <utility>
#include <vector>
#include <zip.h>

namespace banjie::api::testing {

/// Returns a ZIP file with these parts, each a name and its content.
[[nodiscard]] inline std::string
zip_file(std::vector<std::pair<std::string, std::string>> const& parts) {
    if (parts.empty()) return {"PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22};
    auto* const source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(source);
    auto* const zip = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
    for (auto const& [name, content] : parts)
        zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0),
                     ZIP_FL_ENC_UTF_8);
    zip_close(zip);
    zip_source_open(source);
    std::string bytes;
    char piece[16'384];
    for (zip_int64_t got = 0; (got = zip_source_read(source, piece, sizeof piece)) > 0;)
        bytes.append(piece, static_cast<std::size_t>(got));
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

} // namespace banjie::api::testing
