#pragma once
// Description of the API by OpenAPI 3.1, generated from the route table and the workflows in force.

#include "engine/rules/rulebook.hpp"

#include <nlohmann/json.hpp>

namespace banjie::api {

/// Returns the document, with one path per route. A route over "{instances}" becomes one per
/// workflow, and a command's route one per command, each with the schema of its form.
[[nodiscard]] nlohmann::json openapi_document(engine::Rules const& rules);

} // namespace banjie::api
