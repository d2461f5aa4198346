#pragma once
// What is shown no longer of earlier events: somebody has typed what ought not to stand there, and
// a command with `CommandInfo::covers_earlier` has given the text anew. The events keep what was
// said, so that the chain verifies; nobody is shown it.
//
// Kept as documents "covered", one for each text of an instance, with the id
// "<instance>/covered/<fact>" and the version of the event that gave the text anew.

#include "engine/command.hpp"
#include "engine/outcome.hpp"
#include "storage/store.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace banjie::engine {

/// What a covered text shows.
inline constexpr std::string_view covered_text = "▇▇▇";

/// Says that a fact of an instance is covered in its events before that version.
struct Covering {
    std::string instance, fact;
    std::uint64_t version = 0;
};
/// Returns what an event of that command covers: the texts that it gives anew; mostly nothing.
[[nodiscard]] std::vector<Covering> coverings_of(CommandInfo const& command, Instance const* before,
                                                 Instance const& after, Event const& event);
[[nodiscard]] storage::DocumentWrite document_of(Covering const& covering);

/// Index of the covered texts. Thread-safe.
class CoveredTexts {
public:
    [[nodiscard]] Outcome<void> load(storage::Store& store);
    /// Covers the text. Call it once the event is durable.
    void cover(Covering const& covering);

    /// Covers the texts of an event; returns whether its instance has covered ones.
    bool apply(Recorded& recorded) const;
    bool apply(nlohmann::json& event) const;

private:
    using Versions = std::map<std::string, std::uint64_t, std::less<>>; // by fact

    mutable std::shared_mutex mutex_;
    std::map<std::string, Versions, std::less<>> covered_; // by instance
};

} // namespace banjie::engine
