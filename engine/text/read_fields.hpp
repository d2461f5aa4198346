#pragma once
// Parser of a command's fields from the JSON of its sender.

#include "engine/command.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>

namespace banjie::engine {

/// Returns a JSON object as fields of that form. Refuses unknown names, wrong types and unreadable
/// times with `invalid`, at most as many at once as a refusal shows. Bounds and required fields are
/// checked by the workflow.
[[nodiscard]] Outcome<Fields> read_fields(nlohmann::json const& object,
                                          std::span<FieldSpec const> form);

} // namespace banjie::engine
