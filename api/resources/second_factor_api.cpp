#include "api/resources/second_factor_api.hpp"

#include "api/shown/qr_code.hpp"
#include "engine/text/time_text.hpp"

#include <spdlog/spdlog.h>

namespace banjie::api::second_factor {

using engine::Outcome;
using nlohmann::json;

namespace {

std::string text_in(Exchange const& exchange, char const* name) {
    return std::string(exchange.fields.text(std::string_view(name)));
}

void log(Exchange const& exchange, char const* what) {
    spdlog::info("{}: {} at {}", what, exchange.actor.user, exchange.request.address);
}

Outcome<Response> papers(Outcome<std::vector<std::string>> codes) {
    if (!codes) return codes.error();
    auto response = json_response({{"recovery_codes", *codes}});
    response.holds_secret = true;
    return response;
}

} // namespace

Outcome<Response> get(Exchange& exchange) {
    auto const state = exchange.office().accounts.second_factor_of(exchange.actor.user);
    json shown = {{"enrolled", state.enrolled_at.has_value()},
                  {"compulsory", state.is_compulsory},
                  {"recovery_codes_left", state.recovery_codes_left}};
    if (state.enrolled_at) shown["enrolled_at"] = engine::time_text(*state.enrolled_at);
    return json_response(shown);
}

Outcome<Response> begin(Exchange& exchange) {
    auto const begun = exchange.office().accounts.begin_second_factor(
        exchange.actor, text_in(exchange, "password"), text_in(exchange, "code"));
    if (!begun) return begun.error();
    auto response = json_response(
        {{"secret", begun->secret}, {"uri", begun->uri}, {"qr", qr_rows(begun->uri)}}, 201);
    response.holds_secret = true;
    return response;
}

Outcome<Response> confirm(Exchange& exchange) {
    auto codes = exchange.office().accounts.confirm_second_factor(
        exchange.actor, exchange.credentials.token, text_in(exchange, "code"));
    if (codes) log(exchange, "Second factor enrolled");
    return papers(std::move(codes));
}

Outcome<Response> renew_recovery_codes(Exchange& exchange) {
    return papers(exchange.office().accounts.renew_recovery_codes(
        exchange.actor, text_in(exchange, "password"), text_in(exchange, "code")));
}

Outcome<Response> remove(Exchange& exchange) {
    auto const removed = exchange.office().accounts.remove_second_factor(
        exchange.actor, text_in(exchange, "password"), text_in(exchange, "code"));
    if (!removed) return removed.error();
    log(exchange, "Second factor removed");
    return Response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
}

} // namespace banjie::api::second_factor
