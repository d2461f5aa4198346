#include "api/resources/organisations_api.hpp"

#include "api/limits.hpp"
#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"

namespace banjie::api::organisations {

using engine::Organisation;
using engine::Outcome;
using nlohmann::json;

namespace {

json organisation_json(Organisation const& organisation) {
    return {{"code", organisation.code},
            {"name", organisation.name},
            {"parent", organisation.parent},
            {"region", organisation.region()},
            {"level", name_of(organisation.level())},
            {"department", organisation.department},
            {"active", organisation.active},
            {"version", organisation.version}};
}

Response shown(Organisation const& organisation, int status) {
    auto response = json_response(organisation_json(organisation), status);
    response.headers.emplace_back("ETag", etag_of(organisation.version));
    return response;
}

engine::Refusal unknown(std::string const& code) {
    return {.code = "unknown_organisation"_code,
            .detail = "There is no organisation with the code '" + code + "'.",
            .help = "Look it up by name: GET /api/v1/organisations?q=."};
}

Outcome<Response> saved(Exchange& exchange, Organisation organisation,
                        std::optional<std::uint64_t> expected, int status) {
    auto& office = exchange.office();
    auto const result = office.organisations.save(office.documents, exchange.actor,
                                                  std::move(organisation), expected);
    if (!result) return result.error();
    return shown(*result, status);
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    auto const limit = query_number(exchange.request, "limit", 1,
                                    static_cast<std::int64_t>(limits::listed_organisations), 200);
    if (!limit) return limit.error();
    auto const count = static_cast<std::size_t>(*limit);
    auto const text = exchange.query("q");
    auto const& tree = exchange.office().organisations;
    auto const found = text.empty() ? tree.children(exchange.query("parent"), count)
                                    : tree.search(text, exchange.query("below"), count);
    json items = json::array();
    for (auto const& organisation : found) items.push_back(organisation_json(organisation));
    return json_response({{"items", std::move(items)}, {"total", tree.size()}});
}

Outcome<Response> get(Exchange& exchange) {
    auto const& code = exchange.parameter("code");
    auto const found = exchange.office().organisations.find(code);
    if (!found) return unknown(code);
    return shown(*found, 200);
}

Outcome<Response> save(Exchange& exchange) {
    auto const& code = exchange.parameter("code");
    if (auto allowed = require_administrator(exchange.actor, code); !allowed)
        return allowed.error();
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    auto const& fields = exchange.fields;
    bool const is_new = !exchange.office().organisations.find(code);
    Organisation organisation;
    organisation.code = code;
    organisation.name = fields.text("name");
    organisation.parent = fields.text("parent");
    organisation.department = fields.flag("department");
    organisation.active = !fields.has("active") || fields.flag("active");
    return saved(exchange, std::move(organisation), *expected, is_new ? 201 : 200);
}

Outcome<Response> change(Exchange& exchange) {
    auto const& code = exchange.parameter("code");
    auto const found = exchange.office().organisations.find(code);
    if (!found) return unknown(code);
    if (auto allowed = require_administrator(exchange.actor, code); !allowed)
        return allowed.error();
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    auto const& fields = exchange.fields;
    Organisation organisation = *found;
    if (fields.has("name")) organisation.name = fields.text("name");
    if (fields.has("active")) organisation.active = fields.flag("active");
    return saved(exchange, std::move(organisation), expected->value_or(found->version), 200);
}

Outcome<Response> import(Exchange& exchange) {
    if (auto allowed = require_chief_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const rows = exchange.body.find("organisations");
    if (rows == exchange.body.end() || !rows->is_array() || exchange.body.size() != 1) {
        return invalid_field("organisations", "wrong_type"_code,
                             "The body does not consist of a list of organisations alone.");
    }
    auto& office = exchange.office();
    auto const changed = office.organisations.import(office.documents, exchange.actor, rows->dump(),
                                                     [](std::size_t, std::size_t) {});
    if (!changed) return changed.error();
    return json_response({{"changed", *changed}});
}

} // namespace banjie::api::organisations
