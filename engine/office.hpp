#pragma once
// All parts of the engine over one store, built in the right order.

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
#include "engine/personal/personal_data.hpp"
#include "engine/rules/rulebook.hpp"
#include "engine/views/notifications.hpp"

namespace banjie::engine {

/// The parts, built top to bottom and torn down in reverse. Call `load` before use.
struct Office {
    /// Stores attachments in `blobs`, by default in memory. A test may pass other rules, with a
    /// workflow of its own.
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
    PersonalData personal_data;
    Attachments attachments;
    Notifications notifications;
    ApiKeys api_keys;
    PendingActs acts;

    /// Reads everything from the store. Stops at the first refusal and returns it.
    [[nodiscard]] Outcome<void> load();
};

} // namespace banjie::engine
