#pragma once
// Who may administer: checked at the door because documents, unlike instances, have no workflow.

#include "engine/command.hpp"

#include <string_view>

namespace banjie::api {

/// An administrator whose region covers that code of a region or organisation; else `forbidden`.
[[nodiscard]] engine::Outcome<void> require_administrator(engine::Actor const& actor,
                                                          std::string_view code);
/// An administrator of the province: for what holds everywhere (calendar, policy, backups).
[[nodiscard]] engine::Outcome<void> require_chief_administrator(engine::Actor const& actor);

} // namespace banjie::api
