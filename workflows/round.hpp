#pragma once
// The workflow `round`: a collection round with its window and deadline. Rounds may overlap.

#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

[[nodiscard]] Workflow const& round();

} // namespace banjie::workflows
