#pragma once
// A command on its way through the engine, and its reply.

#include "engine/outcome.hpp"
#include "workflows/contract/actor.hpp"
#include "workflows/contract/instance.hpp"
#include "workflows/contract/region.hpp"
#include "workflows/contract/workflow.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace banjie::engine {

// Names of the rules that api uses too, since api includes no workflow header.
using workflows::Actor;
using workflows::check_fields;
using workflows::CommandInfo;
using workflows::Event;
using workflows::FieldKind;
using workflows::Fields;
using workflows::FieldSpec;
using workflows::Instance;
using workflows::Level;
using workflows::level_names;
using workflows::name_of;
using workflows::Permission;
using workflows::Region;
using workflows::Role;
using workflows::role_named;
using workflows::Roles;
using workflows::StateInfo;
using workflows::Texts;
using workflows::Value;
using workflows::Workflow;

/// An actor with those parts of a request that the rules may not depend on.
struct Caller : Actor {
    std::string address{};         // of the network that the request came from; empty: from none
    std::string idempotency_key{}; // of a request that writes documents; empty: none
    std::string request{};         // canonical text of all that it asks; with the key
};
[[nodiscard]] inline Caller system_caller() {
    return {workflows::system_actor()};
}
/// A personal value in the clear.
struct PersonalValue {
    std::string field;
    std::string text;
};

struct Command {
    Actor actor;
    std::string workflow;
    std::string instance; // empty: the command creates one
    std::string verb;
    Fields fields; // types already checked against the form (`read_fields`)
    std::optional<std::uint64_t> expected_version{}; // If-Match
    std::string idempotency_key{};                   // at most limits::key_characters; empty: none
    std::vector<PersonalValue> personal{}; // taken out of `fields`, which have the masked form
    std::string new_id{};                  // for creating, if the workflow sets the ids itself
};

struct Reply {
    std::shared_ptr<Instance const> instance; // its state directly after this command
    bool repeated = false;                    // the key was known already; nothing was done again
};

/// An event together with its place in the stream.
struct Recorded {
    std::uint64_t seq = 0;
    std::string subject; // instance id
    std::string workflow;
    std::uint64_t version = 0;
    Event event;
};

/// Callback that is called exactly once, on any thread, when the command's batch is durable or the
/// command is refused.
using Done = std::function<void(Outcome<Reply>)>;

} // namespace banjie::engine
