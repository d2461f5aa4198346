#pragma once
// Checks of administrators' permissions. They are part of the API because documents, unlike
// instances, have no workflow.

#include "engine/command.hpp"

#include <string_view>

namespace banjie::api {

/// Refuses with `forbidden` an actor who does not administer that region or organisation.
[[nodiscard]] engine::Outcome<void> require_administrator(engine::Actor const& actor,
                                                          std::string_view code);
/// Refuses with `forbidden` an actor who does not grant rights there (`engine::secures`).
[[nodiscard]] engine::Outcome<void> require_security_administrator(engine::Actor const& actor,
                                                                   std::string_view code);
/// Refuses with `forbidden` an actor who neither administers nor grants rights there.
[[nodiscard]] engine::Outcome<void> require_either(engine::Actor const& actor,
                                                   std::string_view code);
/// Refuses with `forbidden` an actor who does not audit there.
[[nodiscard]] engine::Outcome<void> require_auditor(engine::Actor const& actor,
                                                    std::string_view code);
/// Refuses an actor who is not an administrator of the province's government: for what holds
/// everywhere (calendar, policy, backups).
[[nodiscard]] engine::Outcome<void> require_chief_administrator(engine::Actor const& actor);
/// Refuses an actor who may not change the security policy.
[[nodiscard]] engine::Outcome<void>
require_chief_security_administrator(engine::Actor const& actor);

} // namespace banjie::api
