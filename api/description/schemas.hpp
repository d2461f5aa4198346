#pragma once
// JSON schemas of what goes in and out of the API, for /openapi.json. Closed: an object that has a
// property which is not listed does not fit.

#include "engine/command.hpp"
#include "engine/rules/rulebook.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace banjie::api {

/// Of one field of a form; `policy` knows the vocabularies.
[[nodiscard]] nlohmann::json field_schema(engine::FieldSpec const& field,
                                          engine::Policy const* policy);

/// "inspection_lead" → "InspectionLead": what the schemas of its instances are called.
[[nodiscard]] std::string schema_name(engine::Workflow const& workflow);

/// What every answer is made of, by name: "User", "UserPage" …; of every workflow "Problem",
/// "ProblemDetail" with its commands, "ProblemSummary" as in lists, and "ProblemPage".
[[nodiscard]] nlohmann::json answer_schemas(engine::Rules const& rules);

/// {"$ref":"#/components/<kind>/<name>"}
[[nodiscard]] nlohmann::json reference_to(std::string_view kind, std::string_view name);

} // namespace banjie::api
