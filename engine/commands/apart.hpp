#pragma once
// What one person may not do alone: a policy names commands that are not given by the same person
// to one instance.

#include "engine/command.hpp"
#include "engine/rules/rulebook.hpp"
#include "storage/store.hpp"

#include <optional>
#include <string_view>

namespace banjie::engine {

/// Refuses `same_person` a command that the policy keeps apart from one that the actor has given to
/// the instance before. Reads the history only where the policy names the command. The system, and
/// whoever is of a place that the rule excepts, is let through.
[[nodiscard]] std::optional<Refusal>
refuse_for_same_person(storage::Store& store, Policy const& policy, Instance const& instance,
                       std::string_view command, Actor const& actor);

} // namespace banjie::engine
