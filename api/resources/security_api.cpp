#include "api/resources/security_api.hpp"

#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "engine/jurisdiction.hpp"

namespace banjie::api::security {

using engine::Outcome;

namespace {

/// Refuses separation while one of the three roles has no holder: nobody could then do its work, or
/// grant the role.
Outcome<void> check_separation(Exchange const& exchange) {
    using engine::Role;
    if (!exchange.fields.flag("separation")) return boost::system::in_place_value;
    for (auto const role : {Role::administrator, Role::security_administrator, Role::auditor})
        if (!exchange.office().accounts.has_chief(role))
            return invalid_field("separation", "office_without_holder"_code,
                                 "No active account of the province's government has the role '" +
                                     std::string(name_of(role)) + "'.");
    return boost::system::in_place_value;
}

} // namespace

Outcome<Response> get(Exchange& exchange) {
    if (auto allowed = require_chief_security_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const policy = exchange.office().security.policy();
    Response response;
    response.body = engine::text_of(*policy);
    response.headers.emplace_back("ETag", etag_of(policy->version));
    return response;
}

Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange) {
    if (!engine::is_chief_security_administrator(exchange.actor)) return std::optional<Sensitive>();
    return std::optional(Sensitive{"security", exchange.actor.organisation});
}

Outcome<Response> change(Exchange& exchange) {
    if (auto allowed = require_chief_security_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    if (auto ready = check_separation(exchange); !ready) return ready.error();
    auto changed = exchange.office().security.change(exchange.actor, exchange.fields, *expected);
    if (!changed) return changed.error();
    return get(exchange);
}

} // namespace banjie::api::security
