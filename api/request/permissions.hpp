#pragma once
// Who may administer: checked at the door because documents, unlike instances, have no workflow.

#include "engine/command.hpp"

#include <string_view>

namespace banjie::api {

/// Refuses as `forbidden` whoever does not administer that region or organisation.
[[nodiscard]] engine::Outcome<void> require_administrator(engine::Actor const& actor,
                                                          std::string_view code);
/// Refuses whoever is not an administrator of the province's government: for what holds everywhere
/// (calendar, policy, backups).
[[nodiscard]] engine::Outcome<void> require_chief_administrator(engine::Actor const& actor);

} // namespace banjie::api
