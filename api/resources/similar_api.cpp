#include "api/resources/similar_api.hpp"

#include "engine/views/similar.hpp"

#include <algorithm>

namespace banjie::api::similar {

using engine::Outcome;
using nlohmann::json;

bool is_for(engine::Workflow const& workflow) {
    auto const tags = workflow.facets().tags;
    return !workflow.title_fact().empty() && std::any_of(tags.begin(), tags.end(), [](auto& tag) {
        return tag.kind == engine::FieldKind::region;
    });
}

Outcome<Response> list(Exchange& exchange) {
    auto& office = exchange.office();
    auto const found = engine::similar_instances(office.index, office.engine, *exchange.workflow,
                                                 exchange.actor, exchange.query("title"),
                                                 exchange.query("region"), office.clock.now());
    if (!found) return found.error();
    json items = json::array();
    for (auto const& one : *found) {
        json item = {{"title", one.title}, {"region", one.region}, {"similarity", one.similarity}};
        if (one.ask.empty()) {
            item["id"] = one.id;
            item["state"] = one.state;
        } else {
            item["ask"] = one.ask;
        }
        items.push_back(std::move(item));
    }
    return json_response({{"items", std::move(items)}});
}

} // namespace banjie::api::similar
