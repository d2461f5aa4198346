#pragma once
// Instances as the rules look at them, from what the engine has read. Inside of the engine.

#include "engine/command.hpp"
#include "workflows/contract/world.hpp"

namespace banjie::engine {

/// A round as the guards see it.
[[nodiscard]] workflows::RoundFacts round_facts_of(Instance const& round);

} // namespace banjie::engine
