#pragma once
// The rules as data: states, rows, forms, who may do what, and the policy in force.

#include "api/exchange.hpp"

namespace banjie::api::workflows_resource {

inline constexpr QueryParameter shown_query[] = {
    {"lang", "zh or en: adds labels"},
};

[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
/// Takes a whole policy file, as `workflows/policies/<name>.json`.
[[nodiscard]] engine::Outcome<Response> save_policy(Exchange& exchange);

} // namespace banjie::api::workflows_resource
