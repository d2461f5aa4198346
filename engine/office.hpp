#pragma once
// All parts of the engine over one store, put together in one place and in the right order.

#include "engine/commands/engine.hpp"
#include "engine/commands/timers.hpp"
#include "engine/commands/world_view.hpp"
#include "engine/documents/administration.hpp"
#include "engine/documents/attachments.hpp"
#include "engine/documents/documents.hpp"
#include "engine/events/event_stream.hpp"
#include "engine/index/instance_index.hpp"
#include "engine/people/accounts.hpp"
#include "engine/people/api_keys.hpp"
#include "engine/people/organisations.hpp"
#include "engine/people/pending_acts.hpp"
#include "engine/people/security_policy.hpp"
#include "engine/rules/rulebook.hpp"
#include "engine/views/notifications.hpp"

namespace banjie::engine {

/// Members are built top to bottom and torn down the other way round. `load` before use.
struct Office {
    /// Attachments lie in `blobs`; without any, in memory. Other rules are a test's, which may add
    /// a workflow.
    Office(storage::Store& store, Clock& clock, Random& random,
           std::unique_ptr<storage::Blobs> blobs = storage::open_memory_blobs(),
           std::shared_ptr<Rules const> rules = built_in_rules());

    storage::Store& store;
    Clock& clock;
    Random& random;
    EventStream stream;
    Documents documents;
    Rulebook rulebook;
    Administration administration;
    Organisations organisations;
    Security security;
    Accounts accounts;
    InstanceIndex index;
    WorldView world;
    Engine engine;
    Attachments attachments;
    Notifications notifications;
    ApiKeys api_keys;
    PendingActs acts;

    /// Reads everything from the store; the first refusal ends it.
    [[nodiscard]] Outcome<void> load();
};

} // namespace banjie::engine
