#pragma once
// A failure of the store as the refusal that the caller is told.

#include "engine/outcome.hpp"
#include "storage/store.hpp"

#include <string_view>

namespace banjie::engine {

/// "Expected to <wanted>, but …", with what would help.
[[nodiscard]] Refusal refusal_of(storage::Failure const& failure,
                                 std::string_view wanted = "carry this out");

} // namespace banjie::engine
