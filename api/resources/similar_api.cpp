#include "api/resources/similar_api.hpp"

#include "engine/views/similar.hpp"

namespace banjie::api::similar {

using engine::Outcome;
using nlohmann::json;

namespace {

std::string county_of(std::string const& region) {
    constexpr std::size_t county_digits = 6;
    return region.substr(0, county_digits);
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    auto const own = county_of(exchange.actor.region);
    auto const asked = county_of(exchange.query("region"));
    // What lies elsewhere is looked for at home, as if nothing had been asked.
    auto const& county = asked.starts_with(own) ? asked : own;
    auto& office = exchange.office();
    auto const found = engine::similar_problems(
        office.index, office.engine, exchange.query("title"), county, office.clock.now());
    if (!found) return found.error();
    json items = json::array();
    for (auto const& problem : *found)
        items.push_back({{"id", problem.id},
                         {"title", problem.title},
                         {"state", problem.state},
                         {"region", problem.region},
                         {"similarity", problem.similarity}});
    return json_response({{"items", std::move(items)}});
}

} // namespace banjie::api::similar
