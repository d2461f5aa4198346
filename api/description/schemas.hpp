#pragma once
// JSON schemas of the requests and responses of the API, for /openapi.json. They are closed: an
// object with a property that is not listed is invalid.

#include "engine/command.hpp"
#include "engine/rules/rulebook.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace banjie::api {

/// Returns the schema of one field of a form. `policy` defines the vocabularies.
[[nodiscard]] nlohmann::json field_schema(engine::FieldSpec const& field,
                                          engine::Policy const* policy);

/// Returns the name of the schemas of the workflow's instances: "inspection_lead" →
/// "InspectionLead".
[[nodiscard]] std::string schema_name(engine::Workflow const& workflow);

/// Returns the schemas of all responses by name: "User", "UserPage" …; for every workflow
/// "Problem", "ProblemDetail" with its commands, "ProblemSummary" as in lists, and "ProblemPage".
[[nodiscard]] nlohmann::json answer_schemas(engine::Rules const& rules);

/// Returns {"$ref":"#/components/<kind>/<name>"}.
[[nodiscard]] nlohmann::json reference_to(std::string_view kind, std::string_view name);

} // namespace banjie::api
