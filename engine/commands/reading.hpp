#pragma once
// Instances as the rules look at them, from what the engine has read. Inside of the engine.

#include "engine/command.hpp"
#include "workflows/contract/world.hpp"

namespace banjie::engine {

/// Returns as much of an instance as the guards of others may see.
[[nodiscard]] workflows::Related related_of(Instance const& instance);

} // namespace banjie::engine
