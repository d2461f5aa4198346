#pragma once
// Organisations that are built into the program.

#include <string>

namespace banjie::engine {

/// Returns the divisions of Jiangxi with their governments and departments: JSON text for
/// `Organisations::import`.
[[nodiscard]] std::string built_in_organisations();

} // namespace banjie::engine
