#pragma once
// The schemas of each noun, which are added to `schemas` by name.

#include "api/description/schemas.hpp"

namespace banjie::api::schemas {

void add_instances(nlohmann::json& schemas, engine::Workflow const& workflow);
/// Adds the schemas of the work page: instances of any workflow that wait for the caller.
void add_work(nlohmann::json& schemas, engine::Rules const& rules);
void add_commands_and_events(nlohmann::json& schemas);
void add_attachments(nlohmann::json& schemas);
void add_people(nlohmann::json& schemas);
void add_services(nlohmann::json& schemas);
void add_rules(nlohmann::json& schemas);
void add_figures(nlohmann::json& schemas, engine::Rules const& rules);
void add_operations(nlohmann::json& schemas);

} // namespace banjie::api::schemas
