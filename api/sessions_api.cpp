#include "api/sessions_api.hpp"

#include "api/users_api.hpp"
#include "engine/json_text.hpp"

namespace banjie::api::sessions {

using engine::Outcome;

void sign_in(std::shared_ptr<Exchange> exchange) {
    auto& accounts = exchange->office().accounts;
    std::string name(exchange->fields.text("username"));
    std::string password(exchange->fields.text("password"));
    std::string address = exchange->request.address;
    auto const done = [exchange](Outcome<engine::SignedIn> signed_in) {
        if (!signed_in) return exchange->respond(problem_response(signed_in.error()));
        auto& office = exchange->office();
        exchange->respond(json_response({{"token", signed_in->token},
                                         {"expires_at", engine::time_text(signed_in->expires_at)},
                                         {"user", users::user_json(signed_in->user, office)}},
                                        201));
    };
    accounts.sign_in(std::move(name), std::move(password), std::move(address), done);
}

Outcome<Response> sign_out(Exchange& exchange) {
    auto const signed_out = exchange.office().accounts.sign_out(exchange.token);
    if (!signed_out) return signed_out.error();
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

Outcome<Response> me(Exchange& exchange) {
    auto const& actor = exchange.actor;
    auto const user = exchange.office().accounts.find(actor.user);
    auto shown = user ? users::user_json(*user, exchange.office()) : nlohmann::json::object();
    shown["region"] = actor.region;
    shown["level"] = name_of(actor.level);
    return json_response(shown);
}

Outcome<Response> change_password(Exchange& exchange) {
    auto const changed = exchange.office().accounts.change_password(
        exchange.actor, exchange.token, std::string(exchange.fields.text("old_password")),
        std::string(exchange.fields.text("new_password")));
    if (!changed) return changed.error();
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

} // namespace banjie::api::sessions
