#include "api/resources/users_api.hpp"

#include "api/limits.hpp"
#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "engine/jurisdiction.hpp"

#include <algorithm>

namespace banjie::api::users {

using engine::Outcome;
using engine::User;
using nlohmann::json;

namespace {

// Accounts that the actor may not see are absent: administrators see the accounts that they
// administer, all others only their account.
Outcome<User> visible(Exchange& exchange, std::string const& name) {
    auto const user = exchange.office().accounts.find(name);
    auto const& actor = exchange.actor;
    bool const seen =
        user && (user->name == actor.user || require_either(actor, user->organisation));
    if (seen) return *user;
    return engine::Refusal{.code = "unknown_user"_code,
                           .detail = "There is no account of that name."};
}

/// Returns the accounts after the cursor whose name or display name contains the text.
std::vector<User> named(Exchange const& exchange, std::string const& below, std::string const& text,
                        std::size_t count) {
    auto const& accounts = exchange.office().accounts;
    std::vector<User> found;
    for (auto after = exchange.query("cursor"); found.size() < count;) {
        auto const page = accounts.list(below, after, limits::listed_users);
        for (auto const& user : page)
            if (found.size() < count && (user.name.find(text) != std::string::npos ||
                                         user.display_name.find(text) != std::string::npos))
                found.push_back(user);
        if (page.size() < limits::listed_users) break;
        after = page.back().name;
    }
    return found;
}

Response shown(User const& user, Exchange& exchange, int status) {
    auto response = json_response(user_json(user, exchange.office()), status);
    response.headers.emplace_back("ETag", etag_of(user.version));
    return response;
}

} // namespace

Outcome<engine::Roles> roles_of(engine::Texts const& names) {
    engine::Roles roles;
    for (auto const& name : names) {
        auto const role = engine::role_named(name);
        if (!role || *role == engine::Role::system) {
            return invalid_field("roles", "unknown_role"_code,
                                 "There is no role '" + name + "' that an account can hold.");
        }
        roles.add(*role);
    }
    return roles;
}

json role_names(engine::Roles roles) {
    json names = json::array();
    for (auto const name : role_choices) {
        auto const role = engine::role_named(name);
        if (role && roles.has(*role)) names.push_back(name);
    }
    return names;
}

json user_json(User const& user, engine::Office const& office) {
    auto const& accounts = office.accounts;
    json out = {{"name", user.name},
                {"display_name", user.display_name},
                {"organisation", user.organisation},
                {"roles", role_names(user.roles)},
                {"active", user.active},
                {"must_change_password", user.must_change_password},
                {"second_factor", accounts.second_factor_of(user.name).enrolled_at.has_value()},
                {"owes", owed_choices[static_cast<std::size_t>(accounts.owed_by(user))]},
                {"version", user.version}};
    auto const organisation = office.organisations.find(user.organisation);
    if (organisation) out["organisation_name"] = organisation->name;
    return out;
}

using Sensitivities = Outcome<std::optional<Sensitive>>;

Sensitivities creation_sensitivity(Exchange& exchange) {
    auto const roles = roles_of(exchange.fields.texts("roles"));
    bool const waits = exchange.office().security.policy()->waits("roles");
    if (!waits || !roles || !engine::holds_office(*roles)) return std::optional<Sensitive>();
    return invalid_field("roles", "needs_second_person"_code,
                         "One of the roles needs a second administrator. Make the account with "
                         "another role, then give it this one.");
}

Sensitivities change_sensitivity(Exchange& exchange) {
    auto const user = visible(exchange, exchange.parameter("name"));
    if (!user || !exchange.fields.has("roles")) return std::optional<Sensitive>();
    auto const roles = roles_of(exchange.fields.texts("roles"));
    bool const is_sensitive = roles && *roles != user->roles &&
                              (engine::holds_office(*roles) || engine::holds_office(user->roles));
    if (!is_sensitive || !engine::secures(exchange.actor, user->organisation))
        return std::optional<Sensitive>();
    if (exchange.fields.has("password") && exchange.office().security.policy()->waits("roles"))
        return invalid_field("password", "needs_second_person"_code,
                             "Roles wait for a second person, and a password does not. Send them "
                             "in separate requests.");
    return std::optional(Sensitive{"roles", user->organisation});
}

Outcome<Response> list(Exchange& exchange) {
    auto below = exchange.query("below");
    if (below.empty()) below = exchange.actor.organisation;
    if (auto allowed = require_either(exchange.actor, below); !allowed) return allowed.error();
    auto const limit = query_number(exchange.request, "limit", 1,
                                    static_cast<std::int64_t>(limits::listed_users), 50);
    if (!limit) return limit.error();
    auto const count = static_cast<std::size_t>(*limit);
    auto found = named(exchange, below, exchange.query("q"), count + 1);
    bool const more = found.size() > count;
    found.resize(std::min(found.size(), count));
    json items = json::array();
    for (auto const& user : found) items.push_back(user_json(user, exchange.office()));
    return json_response({{"items", std::move(items)},
                          {"next_cursor", more ? json(found.back().name) : json(nullptr)}});
}

Outcome<Response> create(Exchange& exchange) {
    auto const& fields = exchange.fields;
    std::string const organisation(fields.text("organisation"));
    if (auto allowed = require_either(exchange.actor, organisation); !allowed)
        return allowed.error();
    auto const roles = roles_of(fields.texts("roles"));
    if (!roles) return roles.error();
    User user;
    user.name = fields.text("name");
    user.display_name = fields.text("display_name");
    user.organisation = organisation;
    user.roles = *roles;
    user.active = !fields.has("active") || fields.flag("active");
    auto const saved = exchange.office().accounts.save(exchange.actor, std::move(user),
                                                       std::string(fields.text("password")), 0);
    if (!saved) return saved.error();
    auto response = shown(*saved, exchange, 201);
    response.headers.emplace_back("Location", "/api/v1/users/" + saved->name);
    return response;
}

Outcome<Response> get(Exchange& exchange) {
    auto const user = visible(exchange, exchange.parameter("name"));
    if (!user) return user.error();
    return shown(*user, exchange, 200);
}

Outcome<Response> change(Exchange& exchange) {
    auto found = visible(exchange, exchange.parameter("name"));
    if (!found) return found.error();
    if (auto allowed = require_either(exchange.actor, found->organisation); !allowed)
        return allowed.error();
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    auto const& fields = exchange.fields;
    User user = *found;
    if (fields.has("display_name")) user.display_name = fields.text("display_name");
    if (fields.has("organisation")) user.organisation = fields.text("organisation");
    if (fields.has("active")) user.active = fields.flag("active");
    if (fields.has("roles")) {
        auto const roles = roles_of(fields.texts("roles"));
        if (!roles) return roles.error();
        user.roles = *roles;
    }
    if (auto allowed = require_either(exchange.actor, user.organisation); !allowed)
        return allowed.error();
    std::optional<std::string> password;
    if (fields.has("password")) password = fields.text("password");
    auto const saved = exchange.office().accounts.save(
        exchange.actor, std::move(user), std::move(password), expected->value_or(found->version));
    if (!saved) return saved.error();
    return shown(*saved, exchange, 200);
}

Outcome<Response> end_sessions(Exchange& exchange) {
    auto const user = visible(exchange, exchange.parameter("name"));
    if (!user) return user.error();
    if (user->name != exchange.actor.user) {
        auto allowed = require_either(exchange.actor, user->organisation);
        if (!allowed) return allowed.error();
    }
    auto const ended = exchange.office().accounts.revoke_sessions(exchange.actor, user->name);
    if (!ended) return ended.error();
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

Outcome<Response> reset_second_factor(Exchange& exchange) {
    auto const user = visible(exchange, exchange.parameter("name"));
    if (!user) return user.error();
    if (auto allowed = require_security_administrator(exchange.actor, user->organisation); !allowed)
        return allowed.error();
    auto const reset = exchange.office().accounts.reset_second_factor(exchange.actor, user->name);
    if (!reset) return reset.error();
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

} // namespace banjie::api::users
