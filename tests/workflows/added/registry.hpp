#pragma once
// The registry of the tests: the workflows of this build, and one more, which is added as
// docs/adding-a-workflow.md says and which no test names.

#include "workflows/contract/workflow.hpp"

namespace banjie::workflows::testing {

[[nodiscard]] std::span<Workflow const* const> tested_workflows();
[[nodiscard]] Workflow const* tested_workflow(std::string_view name);

} // namespace banjie::workflows::testing
