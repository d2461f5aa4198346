#include "api/resources/similar_api.hpp"

#include "engine/views/similar.hpp"

namespace banjie::api::similar {

using engine::Outcome;
using nlohmann::json;

Outcome<Response> list(Exchange& exchange) {
    auto& office = exchange.office();
    auto const found = engine::similar_problems(office.index, office.engine, exchange.actor,
                                                exchange.query("title"), exchange.query("region"),
                                                office.clock.now());
    if (!found) return found.error();
    json items = json::array();
    for (auto const& problem : *found) {
        json item = {{"title", problem.title},
                     {"region", problem.region},
                     {"similarity", problem.similarity}};
        if (problem.ask.empty()) {
            item["id"] = problem.id;
            item["state"] = problem.state;
        } else {
            item["ask"] = problem.ask;
        }
        items.push_back(std::move(item));
    }
    return json_response({{"items", std::move(items)}});
}

} // namespace banjie::api::similar
