#include "api/resources/settings_api.hpp"

#include "api/limits.hpp"
#include "api/request/request_checks.hpp"

namespace banjie::api::settings {

using engine::Outcome;

namespace {

constexpr auto kind = "settings";

Response shown(std::string body, std::uint64_t version) {
    Response response;
    response.body = std::move(body);
    response.headers.emplace_back("ETag", etag_of(version));
    return response;
}

} // namespace

Outcome<Response> get(Exchange& exchange) {
    auto const found = exchange.office().documents.find(kind, exchange.actor.user);
    if (!found) return found.error();
    return *found ? shown((*found)->body, (*found)->version) : shown("{}", 0);
}

Outcome<Response> put(Exchange& exchange) {
    if (exchange.request.body.size() > limits::settings_bytes)
        return body_too_large(limits::settings_bytes);
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    auto& documents = exchange.office().documents;
    auto const written = documents.write(exchange.actor, {{.kind = kind,
                                                           .id = exchange.actor.user,
                                                           .expected_version = *expected,
                                                           .body = exchange.body.dump(),
                                                           .event = {},
                                                           .said = {}}});
    if (!written) return written.error();
    return get(exchange);
}

} // namespace banjie::api::settings
