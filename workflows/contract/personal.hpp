#pragma once
// Values about a person as everybody sees them.

#include "workflows/contract/form.hpp"

#include <string>
#include <string_view>

namespace banjie::workflows {

/// What a personal fact says once its value is erased.
inline constexpr std::string_view erased_text = "erased";

/// Returns the masked form of a value; a masked form is its own.
[[nodiscard]] std::string masked(std::string_view text, MaskedAs how);

/// Returns what a personal fact shows: of one that was stored in the clear the masked form.
[[nodiscard]] std::string shown(std::string_view stored, MaskedAs how);

} // namespace banjie::workflows
