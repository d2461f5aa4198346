#pragma once
// Whose turn it is with a problem: what "my work" lists.

#include "workflows/contract/actor.hpp"
#include "workflows/contract/instance.hpp"

namespace banjie::workflows::problems {

/// "<role>:<code>", as `Workflow::waits_for` promises.
[[nodiscard]] Texts turns_of(Instance const& problem);

/// Returns the bits of the marks that a definition lists.
[[nodiscard]] std::uint64_t outcomes_of(Fields const& facts);
/// Returns whether the actor may attach something.
[[nodiscard]] bool takes_part(Actor const& actor, Fields const& facts);

} // namespace banjie::workflows::problems
