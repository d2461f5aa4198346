#pragma once
// Versioned documents (organisations, users, sessions, calendar years, policies). Every write is
// one durable batch with an event in the history, so administration is audited like everything
// else.

#include "engine/command.hpp"
#include "engine/events/event_stream.hpp"
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
    std::optional<std::uint64_t> expected_version; // nullopt: any; 0: must not exist
    std::optional<std::string> body;               // JSON text; nullopt removes
    std::string event;   // "user_created"; empty: not an event (sessions, login counts)
    std::string said;    // the event's payload, a flat JSON object; never a secret
    std::string place{}; // its auditors see the event; empty: the actor's
                         // organisation
    std::vector<std::string> seen_by{}; // codes of those who see the event instead
    std::string about{}; // the subject that the event names; empty: the document's id
};

class Documents {
public:
    Documents(storage::Store& store, EventStream& stream, Clock& clock);

    /// Writes all changes in one batch, and blocks until they are durable. Events are
    /// {"type","kind","fields":said,…}; their code in `seen_by` is "!<place>": visible to whoever
    /// audits that region or organisation. These events also contain the actor's `address`. If the
    /// actor brings an idempotency key, the batch also stores under it that the write is done
    /// (replies.hpp). Refuses with `version_mismatch` if an expected version differs, with
    /// `no_space`, `too_many` or `unavailable`. Do not call it on a thread that must not block, and
    /// never from a `CommitDone`.
    [[nodiscard]] Outcome<void> write(Caller const& actor, std::vector<DocumentChange> changes);

    /// Submits the changes without waiting, for data that may be lost, such as a key's last use.
    /// Never refuses.
    void write_soon(Caller const& actor, std::vector<DocumentChange> changes);

    [[nodiscard]] Outcome<std::optional<storage::Document>> find(std::string_view kind,
                                                                 std::string_view id);
    [[nodiscard]] Outcome<std::vector<storage::Document>> all(std::string_view kind);

private:
    void commit(Caller const& actor, std::vector<DocumentChange> changes, storage::CommitDone done);

    storage::Store& store_;
    EventStream& stream_;
    Clock& clock_;
};

} // namespace banjie::engine
