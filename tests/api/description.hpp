#pragma once
// Checks answers against /openapi.json.

#include "api/request/http.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace banjie::api {

/// Returns where the JSON body differs from the description, one finding per line; empty if it
/// fits. A refusal fits the path's "default". A path that is not described may only be refused.
[[nodiscard]] std::string misfit_of(Request const& request, int status, nlohmann::json const& body);

} // namespace banjie::api
