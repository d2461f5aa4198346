#include "api/resources/personal_api.hpp"

#include "api/request/key_scope.hpp"
#include "api/shown/instance_resource.hpp"
#include "engine/text/json_text.hpp"

#include <algorithm>

namespace banjie::api::personal {

using engine::Outcome;

bool is_for(engine::Workflow const& workflow) {
    auto const facts = workflow.facts();
    return std::any_of(facts.begin(), facts.end(),
                       [](auto const& fact) { return fact.kind == engine::FieldKind::personal; });
}

Outcome<Response> read(Exchange& exchange) {
    if (auto checked = check_scope(exchange, "read_personal"); !checked) return checked.error();
    auto& office = exchange.office();
    auto const id = InstanceResource(*exchange.workflow).id_of(exchange.parameter("id"));
    auto const instance = office.engine.find(exchange.actor, exchange.workflow->name(), id);
    if (!instance) return instance.error();
    auto const values =
        office.personal_data.read(exchange.actor, **instance, exchange.fields.text("reason"));
    if (!values) return values.error();
    auto response = json_response({{"values", engine::to_json(*values)}});
    response.holds_secret = true;
    return response;
}

} // namespace banjie::api::personal
