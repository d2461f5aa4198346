#include "api/resources/api_keys_api.hpp"

#include "api/request/permissions.hpp"
#include "api/resources/users_api.hpp"
#include "engine/text/time_text.hpp"

namespace banjie::api::api_keys {

using engine::ApiKey;
using engine::Outcome;
using nlohmann::json;

namespace {

json key_json(ApiKey const& key, engine::ApiKeys const& keys) {
    json last_used_on = nullptr;
    if (key.last_used_at) last_used_on = engine::time_text(*key.last_used_at).substr(0, 10);
    return {{"id", key.id},
            {"name", key.name},
            {"organisation", key.organisation},
            {"roles", users::role_names(key.roles)},
            {"created_by", key.created_by},
            {"created_at", engine::time_text(key.created_at)},
            {"expires_at", engine::time_text(key.expires_at)},
            {"in_force", keys.is_in_force(key)},
            {"last_used_on", std::move(last_used_on)}};
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    if (auto allowed = require_administrator(exchange.actor, exchange.actor.organisation); !allowed)
        return allowed.error();
    json items = json::array();
    auto const& keys = exchange.office().api_keys;
    for (auto const& key : keys.list(exchange.actor)) items.push_back(key_json(key, keys));
    return json_response({{"items", std::move(items)}});
}

Outcome<Response> make(Exchange& exchange) {
    auto const& fields = exchange.fields;
    ApiKey key;
    key.name = fields.text("name");
    key.organisation = fields.text("organisation");
    if (auto allowed = require_administrator(exchange.actor, key.organisation); !allowed)
        return allowed.error();
    auto const roles = users::roles_of(fields.texts("roles"));
    if (!roles) return roles.error();
    key.roles = *roles;
    key.expires_at = *fields.time("expires_at");
    auto const made = exchange.office().api_keys.make(exchange.actor, std::move(key));
    if (!made) return made.error();
    auto shown = key_json(made->key, exchange.office().api_keys);
    shown["secret"] = made->secret;
    auto response = json_response(shown, 201);
    response.holds_secret = true;
    return response;
}

Outcome<Response> revoke(Exchange& exchange) {
    auto const& id = exchange.parameter("id");
    auto const key = exchange.office().api_keys.find(id);
    auto const& place = key ? key->organisation : exchange.actor.organisation;
    if (auto allowed = require_administrator(exchange.actor, place); !allowed)
        return allowed.error();
    auto const revoked = exchange.office().api_keys.revoke(exchange.actor, id);
    if (!revoked) return revoked.error();
    return Response{.status = 204, .content_type = {}, .body = {}};
}

} // namespace banjie::api::api_keys
