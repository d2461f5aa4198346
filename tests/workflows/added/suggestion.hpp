#pragma once

#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

/// Returns the workflow of a suggestion (意见建议), from its registering to its close.
[[nodiscard]] Workflow const& suggestion();

} // namespace banjie::workflows
