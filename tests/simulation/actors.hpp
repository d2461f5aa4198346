#pragma once
// The people of a simulation, and what comes to their minds.

#include "engine/office.hpp"
#include "tests/simulation/dice.hpp"

namespace banjie::simulation {

/// The organisations and people that every simulation starts with, as documents of the store.
using Founding = std::vector<storage::DocumentWrite>;
/// Slow, since it hashes passwords: once for all simulations.
[[nodiscard]] Founding make_founding();

/// Names of the accounts above.
[[nodiscard]] std::vector<std::string> const& account_names();

/// What this person might ask for next: mostly what is on their own list and permitted to them now,
/// sometimes what is not, with the form filled in by chance. nullopt: nothing comes to mind.
[[nodiscard]] std::optional<engine::Command> think_of(engine::Office& office,
                                                      engine::Actor const& actor, Dice& dice);

/// Changes an organisation, a user, a calendar year or a policy, waiting until it is durable or
/// refused. Says what it was.
[[nodiscard]] std::string administer(engine::Office& office, Dice& dice);

} // namespace banjie::simulation
