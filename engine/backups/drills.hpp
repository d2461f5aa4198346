#pragma once
// Drills: the newest backup is restored to a scratch folder and read whole. The outcome is written
// into the folder of backups, so that a server can report its age.

#include "engine/outcome.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace banjie::engine {

struct Drill {
    Time at{};
    std::uint32_t number = 0;            // of the copy; 0: none could be restored
    std::vector<std::string> findings{}; // one sentence each, at most 100; empty: intact
};

/// Restores the newest complete copy below `scratch`, which must be absent or empty, verifies its
/// records and files, and removes it again. A copy that cannot be restored is a finding. Fails if
/// the outcome cannot be written into the folder.
[[nodiscard]] storage::Result<Drill> drill(std::string const& folder, std::string const& scratch,
                                           Time now, storage::Progress const& progress);

/// Returns the outcome of the last drill. Returns nullopt if there was none, or if its outcome
/// cannot be read.
[[nodiscard]] std::optional<Drill> last_drill(std::string const& folder);

} // namespace banjie::engine
