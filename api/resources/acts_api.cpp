#include "api/resources/acts_api.hpp"

#include "api/request/refusal_codes.hpp"
#include "engine/limits.hpp"
#include "engine/text/time_text.hpp"

namespace banjie::api::acts {

using engine::Outcome;
using engine::PendingAct;
using nlohmann::json;

namespace {

json act_json(PendingAct const& act) {
    return {{"id", act.id},
            {"kind", act.kind},
            {"says", act.says},
            {"request", json::parse(act.request).at("body")},
            {"proposed_by", act.proposed_by},
            {"proposed_at", engine::time_text(act.proposed_at)},
            {"expires_at", engine::time_text(act.expires_at)}};
}

/// Writes the request as stored in the document. Its grammar may only be extended.
std::string text_of(Request const& request, json const& body) {
    json query = json::array();
    for (auto const& [name, value] : request.query) query.push_back({name, value});
    return json{{"method", name_of(request.method)},
                {"path", request.path},
                {"query", std::move(query)},
                {"if_match", request.if_match},
                {"body", body.is_object() ? body : json::object()}}
        .dump();
}

Method method_named(std::string_view name) {
    for (auto const method : {Method::post, Method::put, Method::patch, Method::delete_})
        if (name_of(method) == name) return method;
    return Method::other;
}

Request request_of(std::string const& text) {
    auto const kept = json::parse(text);
    Request request;
    request.method = method_named(kept.at("method").get<std::string>());
    kept.at("path").get_to(request.path);
    for (auto const& pair : kept.at("query"))
        request.query.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    kept.at("if_match").get_to(request.if_match);
    request.body = kept.at("body").dump();
    request.content_type = "application/json";
    return request;
}

/// Returns the proposer with current roles.
Outcome<engine::Caller> proposer_of(PendingAct const& act, engine::Accounts const& accounts) {
    auto const user = accounts.find(act.proposed_by);
    auto actor = accounts.actor_named(act.proposed_by);
    if (!actor) return actor.error();
    if (!user || !user->active)
        return engine::Refusal{.code = "proposer_gone"_code,
                               .detail = "Cannot carry out the act: the account of the person who "
                                         "proposed it has been closed.",
                               .help = "Propose it again, and have another person confirm it."};
    return engine::Caller{std::move(*actor), act.address};
}

void confirm_now(ExchangePointer const& exchange) {
    auto& office = exchange->office();
    auto act = office.acts.confirm(exchange->actor, exchange->parameter("id"));
    if (!act) return exchange->respond(refusal_response(act.error()));
    auto proposer = proposer_of(*act, office.accounts);
    if (!proposer) return exchange->respond(refusal_response(proposer.error()));
    exchange->services.carry_out(
        request_of(act->request), std::move(*proposer),
        [exchange](Response response) { exchange->respond(std::move(response)); });
}

} // namespace

Outcome<Response> propose(Exchange& exchange) {
    auto const found = exchange.route.sensitivity(exchange);
    if (!found) return found.error();
    auto request = text_of(exchange.request, exchange.body);
    if (request.size() > engine::limits::act_bytes)
        return body_too_large(engine::limits::act_bytes);
    auto const& sensitive = **found;
    auto const proposed = exchange.office().acts.propose(
        exchange.actor,
        {.id = {},
         .kind = std::string(sensitive.kind),
         .place = sensitive.place,
         .says = std::string(name_of(exchange.request.method)) + " " + exchange.request.path,
         .request = std::move(request),
         .proposed_by = {},
         .address = {}});
    if (!proposed) return proposed.error();
    return json_response(act_json(*proposed), 202);
}

Outcome<Response> list(Exchange& exchange) {
    json items = json::array();
    for (auto const& act : exchange.office().acts.list(exchange.actor))
        items.push_back(act_json(act));
    return json_response({{"items", std::move(items)}});
}

void confirm(ExchangePointer exchange) {
    run_on_worker(exchange, [exchange] {
        try {
            confirm_now(exchange);
        } catch (std::exception const& thrown) {
            exchange->respond(internal_error(thrown));
        }
    });
}

Outcome<Response> withdraw(Exchange& exchange) {
    auto const withdrawn =
        exchange.office().acts.withdraw(exchange.actor, exchange.parameter("id"));
    if (!withdrawn) return withdrawn.error();
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

} // namespace banjie::api::acts
