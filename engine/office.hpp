#pragma once
// All parts of the engine over one store, put together in one place and in the right order.

#include "engine/accounts.hpp"
#include "engine/administration.hpp"
#include "engine/documents.hpp"
#include "engine/engine.hpp"
#include "engine/event_stream.hpp"
#include "engine/instance_index.hpp"
#include "engine/organisations.hpp"
#include "engine/rulebook.hpp"
#include "engine/timers.hpp"
#include "engine/world_view.hpp"

namespace banjie::engine {

/// Members are built top to bottom and torn down the other way round. `load` before use.
struct Office {
    Office(storage::Store& store, Clock& clock, Random& random);

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

    /// Reads everything from the store; the first refusal ends it.
    [[nodiscard]] Outcome<void> load();
};

} // namespace banjie::engine
