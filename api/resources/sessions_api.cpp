#include "api/resources/sessions_api.hpp"

#include "api/resources/users_api.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/text/time_text.hpp"

#include <spdlog/spdlog.h>

namespace banjie::api::sessions {

using engine::Outcome;

namespace {

/// A name that belongs to no account may be a password typed in the wrong field, so it is not
/// logged.
void log_sign_in(Exchange const& exchange, Outcome<engine::SignedIn> const& signed_in) {
    auto const user = exchange.office().accounts.find(exchange.fields.text("username"));
    std::string const name = user ? user->name : "an unknown name";
    if (signed_in)
        spdlog::info("Signed in: {} at {}", name, exchange.request.address);
    else
        spdlog::warn("Not signed in ({}): {} at {}", signed_in.error().code.name(), name,
                     exchange.request.address);
}

} // namespace

nlohmann::json session_json(engine::OpenSession const& session) {
    nlohmann::json out = {{"id", session.id},
                          {"used_at", engine::time_text(session.used_at)},
                          {"expires_at", engine::time_text(session.expires_at)},
                          {"address", session.address},
                          {"agent", session.agent},
                          {"this", session.is_this}};
    if (session.opened_at) out["opened_at"] = engine::time_text(*session.opened_at);
    return out;
}

void sign_in(std::shared_ptr<Exchange> exchange) {
    bool const by_cookie = exchange->fields.flag("cookie");
    if (by_cookie && !is_of_this_host(exchange->request))
        return exchange->respond(refusal_response(foreign_origin()));
    auto& accounts = exchange->office().accounts;
    engine::SignInAttempt attempt{.name = std::string(exchange->fields.text("username")),
                                  .password = std::string(exchange->fields.text("password")),
                                  .address = exchange->request.address,
                                  .code = std::string(exchange->fields.text("code")),
                                  .agent = exchange->request.user_agent,
                                  .keeps_device = by_cookie};
    if (by_cookie) attempt.device = device_token_of(exchange->request);
    auto const done = [exchange, by_cookie](Outcome<engine::SignedIn> signed_in) {
        log_sign_in(*exchange, signed_in);
        if (!signed_in) return exchange->respond(refusal_response(signed_in.error()));
        nlohmann::json body = {{"expires_at", engine::time_text(signed_in->expires_at)},
                               {"user", users::user_json(signed_in->user, exchange->office())}};
        auto const& token = signed_in->token;
        if (by_cookie)
            body["csrf_token"] = engine::csrf_token_of(token);
        else
            body["token"] = token;
        auto response = json_response(body, 201);
        // The new cookie replaces that of the old session, so the old session ends.
        if (auto const old = credentials_of(exchange->request); by_cookie && old.by_cookie)
            static_cast<void>(exchange->office().accounts.sign_out(old.token));
        if (by_cookie) {
            bool const secure = exchange->request.secure;
            response.headers.emplace_back("Set-Cookie", device_cookie(signed_in->device, secure));
            response.headers.emplace_back("Set-Cookie", session_cookie(token, secure));
        }
        exchange->respond(std::move(response));
    };
    accounts.sign_in(std::move(attempt), done);
}

Outcome<Response> sign_out(Exchange& exchange) {
    auto const signed_out = exchange.office().accounts.sign_out(exchange.credentials.token);
    if (!signed_out) return signed_out.error();
    spdlog::info("Signed out: {} at {}", exchange.actor.user, exchange.request.address);
    Response response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
    if (exchange.credentials.by_cookie)
        response.headers.emplace_back("Set-Cookie",
                                      cleared_session_cookie(exchange.request.secure));
    return response;
}

Outcome<Response> me(Exchange& exchange) {
    auto const& actor = exchange.actor;
    // A key of another platform has no account.
    auto const user = exchange.office()
                          .accounts.find(actor.user)
                          .value_or(engine::User{.name = actor.user,
                                                 .display_name = actor.display_name,
                                                 .organisation = actor.organisation,
                                                 .roles = actor.roles});
    auto shown = users::user_json(user, exchange.office());
    shown["region"] = actor.region;
    shown["level"] = name_of(actor.level);
    auto const& credentials = exchange.credentials;
    if (credentials.by_cookie) shown["csrf_token"] = engine::csrf_token_of(credentials.token);
    return json_response(shown);
}

Outcome<Response> change_password(Exchange& exchange) {
    auto const changed = exchange.office().accounts.change_password(
        exchange.actor, exchange.credentials.token,
        std::string(exchange.fields.text("old_password")),
        std::string(exchange.fields.text("new_password")));
    if (!changed) return changed.error();
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

Outcome<Response> list(Exchange& exchange) {
    auto items = nlohmann::json::array();
    for (auto const& session :
         exchange.office().accounts.sessions_of(exchange.actor, exchange.credentials.token))
        items.push_back(session_json(session));
    return json_response({{"items", std::move(items)}});
}

Outcome<Response> end(Exchange& exchange) {
    auto const ended = exchange.office().accounts.end_session(
        exchange.actor, exchange.parameter("id"), std::string(exchange.fields.text("password")));
    if (!ended) return ended.error();
    spdlog::info("Signed out elsewhere: {} at {}", exchange.actor.user, exchange.request.address);
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

Outcome<Response> end_others(Exchange& exchange) {
    auto const ended = exchange.office().accounts.end_other_sessions(
        exchange.actor, exchange.credentials.token, std::string(exchange.fields.text("password")));
    if (!ended) return ended.error();
    spdlog::info("Signed out everywhere else: {} at {}", exchange.actor.user,
                 exchange.request.address);
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

} // namespace banjie::api::sessions
