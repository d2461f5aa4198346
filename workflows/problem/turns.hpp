#pragma once
// Whose turn it is with a problem: what "my work" lists.

#include "workflows/contract/instance.hpp"

namespace banjie::workflows::problems {

/// "<role>:<code>", as `Workflow::waits_for` promises.
[[nodiscard]] Texts turns_of(Instance const& problem);

} // namespace banjie::workflows::problems
