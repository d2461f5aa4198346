#pragma once
// The rules as data: states, rows, forms, who may do what, and the policy in force.

#include "api/request/exchange.hpp"

namespace banjie::api::workflows_resource {

inline constexpr QueryParameter shown_query[] = {
    {"lang", "zh or en: adds labels"},
};

inline constexpr QueryParameter policy_query[] = {
    {"dry_run", "true: only check it, and tell what would change"},
};

[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// The ETag is the policy's, "0" where that is as built in.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
/// Every change of a policy that is no trial.
[[nodiscard]] engine::Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange);
/// Takes a whole policy file, as `workflows/policies/<name>.json`. A dry run answers the workflow
/// as it would be, with `changes`: the JSON patch (RFC 6902) from the policy in force.
[[nodiscard]] engine::Outcome<Response> save_policy(Exchange& exchange);

} // namespace banjie::api::workflows_resource
