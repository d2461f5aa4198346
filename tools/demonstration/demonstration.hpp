#pragma once
// The demonstration that ./tools/run shows: organisations, accounts and the story.

#include "tools/demonstration/story.hpp"

namespace banjie::demonstration {

/// Fills an empty store, and gives the accounts to sign in with, as text to print. The password
/// comes from BANJIE_DEMO_PASSWORD, else one is made and kept in "<data>/demonstration-password"
/// (readable by its owner alone). A store that has organisations is left as it is.
[[nodiscard]] engine::Outcome<std::string> prepare(engine::Office& office, StoryClock& clock,
                                                   std::string const& data);

} // namespace banjie::demonstration
