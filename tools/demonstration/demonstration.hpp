#pragma once
// The demonstration that ./tools/run shows: organisations, accounts and the story.

#include "tools/demonstration/story.hpp"

namespace banjie::demonstration {

/// Fills an empty store. Returns the accounts to sign in with, as text to print. The password comes
/// from BANJIE_DEMO_PASSWORD; otherwise one is generated and kept in
/// "<data>/demonstration-password", readable by its owner only. Leaves a store that has
/// organisations as it is.
[[nodiscard]] engine::Outcome<std::string> prepare(engine::Office& office, StoryClock& clock,
                                                   std::string const& data);

} // namespace banjie::demonstration
