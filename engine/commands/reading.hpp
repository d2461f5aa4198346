#pragma once
// Instances in the form in which the rules read them. Private to the engine.

#include "engine/command.hpp"
#include "workflows/contract/world.hpp"

namespace banjie::engine {

/// Returns the part of an instance that the guards of other instances may see.
[[nodiscard]] workflows::Related related_of(Instance const& instance);

} // namespace banjie::engine
