#pragma once
// The workflow `problem`: from report to close in five stages. The table is in problem.cpp.

#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

[[nodiscard]] Workflow const& problem();

} // namespace banjie::workflows
