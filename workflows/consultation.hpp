#pragma once
// The workflow `consultation`: a meeting over several problems, whose conclusions are written into
// the history of each.

#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

[[nodiscard]] Workflow const& consultation();

} // namespace banjie::workflows
