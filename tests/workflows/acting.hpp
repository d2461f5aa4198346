#pragma once
// A scenario acted out in a rehearsal: what differs from the transcript is told by its line.

#include "tests/workflows/rehearsal.hpp"
#include "tests/workflows/scenario.hpp"

#include <string>
#include <vector>

namespace banjie::workflows::testing {

/// "12: Expected …, but …", one for every statement that did not come true.
[[nodiscard]] std::vector<std::string> act(Scenario const& scenario, Rehearsal& rehearsal);

} // namespace banjie::workflows::testing
