#pragma once
// The policies in their files, read without the engine.

#include "workflows/contract/policy.hpp"

#include <string_view>

namespace banjie::workflows::testing {

/// Reads the policy of a tested workflow.
[[nodiscard]] Policy policy_file(std::string_view workflow);

} // namespace banjie::workflows::testing
