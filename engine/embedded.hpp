#pragma once
// Data files built into the program by CMake (`banjie_embed`): policies, calendar, organisations,
// pages.

#include <optional>
#include <span>
#include <string_view>

namespace banjie::engine {

struct EmbeddedFile {
    std::string_view path; // as in the source tree, e.g. "workflows/policies/problem.json"
    std::string_view content;
};

[[nodiscard]] std::span<EmbeddedFile const> embedded_files();
[[nodiscard]] std::optional<std::string_view> embedded_file(std::string_view path);

} // namespace banjie::engine
