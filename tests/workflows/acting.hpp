#pragma once
// A scenario acted out in a rehearsal. What differs from the transcript is reported by its line.

#include "tests/workflows/rehearsal.hpp"
#include "tests/workflows/scenario.hpp"

#include <string>
#include <vector>

namespace banjie::workflows::testing {

/// Returns "12: Expected …, but …" for every statement that did not come true.
[[nodiscard]] std::vector<std::string> act(Scenario const& scenario, Rehearsal& rehearsal);

} // namespace banjie::workflows::testing
