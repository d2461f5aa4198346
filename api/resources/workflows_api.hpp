#pragma once
// The rules as data: states, rows, forms, permissions, and the policy in force.

#include "api/request/exchange.hpp"

namespace banjie::api::workflows_resource {

inline constexpr QueryParameter shown_query[] = {
    {"lang", "zh or en: adds labels"},
};

inline constexpr QueryParameter policy_query[] = {
    {"dry_run", "true: only check it, and tell what would change"},
};

[[nodiscard]] engine::Outcome<Response> list(Exchange& exchange);
/// Returns the workflow, with the version of its policy as the ETag, "0" for the built-in policy.
[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
/// Marks every change of a policy as sensitive, except a dry run.
[[nodiscard]] engine::Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange);
/// Replaces the policy by a whole policy file, as in `workflows/policies/<name>.json`. A dry run
/// returns the resulting workflow, with `changes`: the JSON patch (RFC 6902) from the policy in
/// force.
[[nodiscard]] engine::Outcome<Response> save_policy(Exchange& exchange);

} // namespace banjie::api::workflows_resource
