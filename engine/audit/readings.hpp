#pragma once
// Readings as events: who has looked at what is guarded, or has taken it away as a file.

#include "engine/documents/documents.hpp"

#include <string>

namespace banjie::engine {

struct Reading {
    std::string instance{}; // its id; empty: of no instance alone
    std::string workflow{};
    Texts fields{};      // the names of what was shown, never what is in them
    std::string why{};   // as the reader says
    std::string place{}; // whose auditors see the event; empty: those of the reader's organisation
};

/// Writes the event "read" about the instance, for auditors. Durable when this returns; show the
/// values only then. Blocks on the disk. Refuses like Documents::write.
[[nodiscard]] Outcome<void> note_reading(Documents& documents, Caller const& reader,
                                         Reading const& reading, Time now);

} // namespace banjie::engine
