#pragma once
// Translation of a store failure into a refusal.

#include "engine/outcome.hpp"
#include "storage/store.hpp"

#include <string_view>

namespace banjie::engine {

/// Returns the refusal "Cannot <wanted>: …." with what helps.
[[nodiscard]] Refusal refusal_of(storage::Failure const& failure,
                                 std::string_view wanted = "carry this out");

} // namespace banjie::engine
