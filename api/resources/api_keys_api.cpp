#include "api/resources/api_keys_api.hpp"

#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/resources/users_api.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/text/time_text.hpp"

#include <algorithm>

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
            {"read_only", key.scope.read_only},
            {"workflows", key.scope.workflows},
            {"commands", key.scope.commands},
            {"addresses", key.scope.addresses.texts()},
            {"in_force", keys.is_in_force(key)},
            {"last_used_on", std::move(last_used_on)}};
}

/// Reads the scope. Refuses workflows and commands that do not exist.
Outcome<engine::KeyScope> scope_of(Exchange const& exchange) {
    auto const& fields = exchange.fields;
    auto addresses = engine::AddressList::from(fields.texts("addresses"));
    if (!addresses || addresses->texts().size() > engine::limits::listed_blocks)
        return invalid_field(
            "addresses", "invalid_address"_code,
            "The value is not a list of at most 64 addresses or blocks such as 10.36.0.0/16.");
    auto const rules = exchange.office().rulebook.rules();
    for (auto const& name : fields.texts("workflows"))
        if (rules->workflows.find(name) == nullptr)
            return invalid_field("workflows", "unknown_value"_code,
                                 "There is no workflow '" + name + "'.");
    for (auto const& name : fields.texts("commands"))
        if (std::none_of(rules->workflows.begin(), rules->workflows.end(),
                         [&](auto const& one) { return one.workflow->command(name) != nullptr; }))
            return invalid_field("commands", "unknown_value"_code,
                                 "There is no command '" + name + "'.");
    return engine::KeyScope{.read_only = fields.flag("read_only"),
                            .workflows = fields.texts("workflows"),
                            .commands = fields.texts("commands"),
                            .addresses = std::move(*addresses)};
}

/// Refuses unless the actor grants rights where the key belongs.
Outcome<void> require_key(Exchange const& exchange, std::string const& id) {
    auto const key = exchange.office().api_keys.find(id);
    auto const& place = key ? key->organisation : exchange.actor.organisation;
    return require_security_administrator(exchange.actor, place);
}

} // namespace

Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange) {
    std::string place(exchange.fields.text("organisation"));
    if (exchange.request.parameters.contains("id"))
        if (auto const key = exchange.office().api_keys.find(exchange.parameter("id")))
            place = key->organisation;
    // An actor who may not make the key is refused at once, without an act.
    if (!engine::secures(exchange.actor, place)) return std::optional<Sensitive>();
    return std::optional(Sensitive{"keys", std::move(place)});
}

Outcome<Response> list(Exchange& exchange) {
    if (auto allowed = require_security_administrator(exchange.actor, exchange.actor.organisation);
        !allowed)
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
    if (auto allowed = require_security_administrator(exchange.actor, key.organisation); !allowed)
        return allowed.error();
    auto const roles = users::roles_of(fields.texts("roles"));
    if (!roles) return roles.error();
    key.roles = *roles;
    key.expires_at = *fields.time("expires_at");
    auto scope = scope_of(exchange);
    if (!scope) return scope.error();
    key.scope = std::move(*scope);
    auto const made = exchange.office().api_keys.make(exchange.actor, std::move(key));
    if (!made) return made.error();
    auto shown = key_json(made->key, exchange.office().api_keys);
    shown["secret"] = made->secret;
    auto response = json_response(shown, 201);
    response.holds_secret = true;
    return response;
}

Outcome<Response> take_over(Exchange& exchange) {
    auto const& id = exchange.parameter("id");
    if (auto allowed = require_key(exchange, id); !allowed) return allowed.error();
    auto& keys = exchange.office().api_keys;
    if (auto const taken = keys.take_over(exchange.actor, id); !taken) return taken.error();
    return json_response(key_json(*keys.find(id), keys));
}

Outcome<Response> revoke(Exchange& exchange) {
    auto const& id = exchange.parameter("id");
    if (auto allowed = require_key(exchange, id); !allowed) return allowed.error();
    auto const revoked = exchange.office().api_keys.revoke(exchange.actor, id);
    if (!revoked) return revoked.error();
    return Response{.status = 204, .content_type = {}, .body = {}};
}

} // namespace banjie::api::api_keys
