#pragma once
// The people of a simulation, and the commands that they give.

#include "engine/office.hpp"
#include "tests/simulation/dice.hpp"

namespace banjie::simulation {

/// The organisations and people that every simulation starts with, as documents of the store.
using Founding = std::vector<storage::DocumentWrite>;
/// Makes the documents. Slow, because it hashes passwords: call it once for all simulations.
[[nodiscard]] Founding make_founding();

/// Returns the names of the accounts above.
[[nodiscard]] std::vector<std::string> const& account_names();

/// Returns what this person might ask for next, or nullopt for nothing. Mostly it is on the
/// person's list and permitted now, sometimes not. The form is filled in at random.
[[nodiscard]] std::optional<engine::Command> think_of(engine::Office& office,
                                                      engine::Actor const& actor, Dice& dice);

/// Changes an organisation, a user, a calendar year or a policy, and waits until it is durable or
/// refused. Returns a description of the change.
[[nodiscard]] std::string administer(engine::Office& office, Dice& dice);

} // namespace banjie::simulation
