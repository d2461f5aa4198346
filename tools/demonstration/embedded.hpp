#pragma once
// Files built into the demonstration by CMake, as engine/embedded.hpp describes.

#include <optional>
#include <string_view>

namespace banjie::demonstration {

[[nodiscard]] std::optional<std::string_view> embedded_file(std::string_view path);

} // namespace banjie::demonstration
