#pragma once
// Reads the fields of a command from the JSON of its sender.

#include "engine/command.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>

namespace banjie::engine {

/// Returns a JSON object as fields of that form. Refuses unknown names, wrong types and unreadable
/// times as `invalid`, as many at once as a refusal names. Bounds and required fields are the
/// workflow's to check.
[[nodiscard]] Outcome<Fields> read_fields(nlohmann::json const& object,
                                          std::span<FieldSpec const> form);

} // namespace banjie::engine
