#pragma once
// All parts of the engine over one store, put together in one place and in the right order.

#include "engine/accounts.hpp"
#include "engine/administration.hpp"
#include "engine/api_keys.hpp"
#include "engine/attachments.hpp"
#include "engine/documents.hpp"
#include "engine/engine.hpp"
#include "engine/event_stream.hpp"
#include "engine/instance_index.hpp"
#include "engine/notifications.hpp"
#include "engine/organisations.hpp"
#include "engine/rulebook.hpp"
#include "engine/timers.hpp"
#include "engine/world_view.hpp"

namespace banjie::engine {

/// Members are built top to bottom and torn down the other way round. `load` before use.
struct Office {
    /// Attachments lie in `blobs`; without any, in memory.
    Office(storage::Store& store, Clock& clock, Random& random,
           std::unique_ptr<storage::Blobs> blobs = storage::open_memory_blobs());

    storage::Store& store;
    Clock& clock;
    Random& random;
    EventStream stream;
    Documents documents;
    Rulebook rulebook;
    Administration administration;
    Organisations organisations;
    Accounts accounts;
    InstanceIndex index;
    WorldView world;
    Engine engine;
    Attachments attachments;
    Notifications notifications;
    ApiKeys api_keys;

    /// Reads everything from the store; the first refusal ends it.
    [[nodiscard]] Outcome<void> load();
};

} // namespace banjie::engine
