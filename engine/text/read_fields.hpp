#pragma once
// Reads the fields of a command from the JSON of its sender.

#include "engine/command.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>

namespace banjie::engine {

/// Returns a JSON object as fields of that form. Refuses unknown names, wrong types and unreadable
/// times as `invalid`, all of them at once. Bounds and required fields are the workflow's to check.
[[nodiscard]] Outcome<Fields> read_fields(nlohmann::json const& object,
                                          std::span<FieldSpec const> form);

} // namespace banjie::engine
