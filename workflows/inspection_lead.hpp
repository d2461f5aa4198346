#pragma once
// The workflow `inspection_lead`: leads from inspections, hotlines, audits and petitions, from
// registering to close. A lead may become a problem on the way.

#include "workflows/contract/workflow.hpp"

namespace banjie::workflows {

[[nodiscard]] Workflow const& inspection_lead();

} // namespace banjie::workflows
