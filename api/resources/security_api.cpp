#include "api/resources/security_api.hpp"

#include "api/request/permissions.hpp"
#include "api/request/request_checks.hpp"

namespace banjie::api::security {

using engine::Outcome;

Outcome<Response> get(Exchange& exchange) {
    if (auto allowed = require_chief_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const policy = exchange.office().security.policy();
    Response response;
    response.body = engine::text_of(*policy);
    response.headers.emplace_back("ETag", etag_of(policy->version));
    return response;
}

Outcome<Response> change(Exchange& exchange) {
    if (auto allowed = require_chief_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    auto changed = exchange.office().security.change(exchange.actor, exchange.fields, *expected);
    if (!changed) return changed.error();
    return get(exchange);
}

} // namespace banjie::api::security
