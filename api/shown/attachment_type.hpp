#pragma once

#include <optional>
#include <string_view>

namespace banjie::api {

/// What may be attached: JPEG, PNG, WebP, PDF, and office files without macros. Decided by the
/// content alone: what the uploader claims plays no part. nullopt: anything else.
[[nodiscard]] std::optional<std::string_view> attachment_type_of(std::string_view bytes);

/// May a browser show it by itself? Images and PDF.
[[nodiscard]] bool is_shown_inline(std::string_view type);

} // namespace banjie::api
