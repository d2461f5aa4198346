#pragma once
// Whether an answer is what /openapi.json says of it.

#include "api/request/http.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace banjie::api {

/// What is wrong with the JSON body, one finding per line; empty when it fits. A refusal fits the
/// path's "default"; a path that is not described is only refused.
[[nodiscard]] std::string misfit_of(Request const& request, int status, nlohmann::json const& body);

} // namespace banjie::api
