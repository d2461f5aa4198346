#pragma once
// The workflow `inspection_lead`: what an inspection, a hotline, an audit or a petition points at,
// from registering to close. It may become a problem on the way.

#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

[[nodiscard]] Workflow const& inspection_lead();

} // namespace banjie::workflows
