#pragma once
// Commands that one person may not give alone: a policy names pairs of commands which the same
// person must not give to the same instance.

#include "engine/command.hpp"
#include "engine/rules/rulebook.hpp"
#include "storage/store.hpp"

#include <optional>
#include <string_view>

namespace banjie::engine {

/// Refuses with `same_person` if the actor has already given the instance a command that the policy
/// keeps apart from this one. Reads the history only if the policy names the command. Exempts the
/// system, and actors of places that the rule excepts.
[[nodiscard]] std::optional<Refusal>
refuse_for_same_person(storage::Store& store, Policy const& policy, Instance const& instance,
                       std::string_view command, Actor const& actor);

} // namespace banjie::engine
