#pragma once
// The policies that are shipped, for the tests of this room.

#include "workflows/contract/policy.hpp"

#include <string_view>

namespace banjie::workflows::testing {

/// workflows/policies/<workflow>.json.
[[nodiscard]] Policy shipped_policy(std::string_view workflow);

} // namespace banjie::workflows::testing
