#pragma once
// Versioned documents (organisations, users, sessions, calendar years, policies): every write is
// one durable batch with an event in the history, so that administration is audited like everything
// else.

#include "engine/command.hpp"
#include "engine/event_stream.hpp"
#include "engine/ports.hpp"
#include "storage/store.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct DocumentChange {
    std::string kind;
    std::string id;
    std::optional<std::uint64_t> expected_version; // nullopt: whatever; 0: must not exist
    std::optional<std::string> body;               // JSON text; nullopt removes
    std::string event; // "user_created"; empty: not an event (sessions, login counts)
    std::string said;  // JSON text of what the event tells; never a secret
};

class Documents {
public:
    Documents(storage::Store& store, EventStream& stream, Clock& clock);

    /// Writes all of them in one batch and waits until they are durable. Refused with
    /// `version_mismatch` where an expectation fails, `no_space`, `unavailable`.
    [[nodiscard]] Outcome<void> write(Actor const& actor, std::vector<DocumentChange> changes);

    [[nodiscard]] Outcome<std::optional<storage::Document>> find(std::string_view kind,
                                                                 std::string_view id);
    [[nodiscard]] Outcome<std::vector<storage::Document>> all(std::string_view kind);

private:
    storage::Store& store_;
    EventStream& stream_;
    Clock& clock_;
};

} // namespace banjie::engine
