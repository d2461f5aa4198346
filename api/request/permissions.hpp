#pragma once
// Who may administer: checked at the door because documents, unlike instances, have no workflow.

#include "engine/command.hpp"

#include <string_view>

namespace banjie::api {

/// Refuses as `forbidden` whoever does not administer that region or organisation.
[[nodiscard]] engine::Outcome<void> require_administrator(engine::Actor const& actor,
                                                          std::string_view code);
/// The same of whoever does not give rights there (`engine::secures`).
[[nodiscard]] engine::Outcome<void> require_security_administrator(engine::Actor const& actor,
                                                                   std::string_view code);
/// Of whoever does neither.
[[nodiscard]] engine::Outcome<void> require_either(engine::Actor const& actor,
                                                   std::string_view code);
/// Of whoever does not audit there.
[[nodiscard]] engine::Outcome<void> require_auditor(engine::Actor const& actor,
                                                    std::string_view code);
/// Refuses whoever is not an administrator of the province's government: for what holds everywhere
/// (calendar, policy, backups).
[[nodiscard]] engine::Outcome<void> require_chief_administrator(engine::Actor const& actor);
/// The same for the security policy.
[[nodiscard]] engine::Outcome<void>
require_chief_security_administrator(engine::Actor const& actor);

} // namespace banjie::api
