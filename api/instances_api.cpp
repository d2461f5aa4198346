#include "api/instances_api.hpp"

#include "api/cursor.hpp"
#include "api/instance_json.hpp"
#include "api/instance_resource.hpp"
#include "api/list_query.hpp"
#include "api/request_checks.hpp"
#include "engine/json_text.hpp"
#include "engine/limits.hpp"

namespace banjie::api::instances {

using engine::Outcome;
using nlohmann::json;

namespace {

engine::Policy const* policy_of(engine::Rules const& rules, engine::Workflow const& workflow) {
    auto const found = rules.policies.find(workflow.name());
    return found == rules.policies.end() ? nullptr : &found->second;
}

Response shown(Exchange const& exchange, engine::Instance const& instance, int status) {
    auto const rules = exchange.office().rulebook.rules();
    Labels const labels(policy_of(*rules, *exchange.workflow), exchange.query("lang"));
    auto response = json_response(instance_json(instance, *exchange.workflow, labels), status);
    response.headers.emplace_back("ETag", etag_of(instance.version));
    return response;
}

engine::Refusal unknown_command(engine::Workflow const& workflow, std::string_view name) {
    return {.kind = engine::RefusalKind::not_found,
            .code = "unknown_command",
            .detail = "Expected a command of the workflow '" + std::string(workflow.name()) +
                      "', but '" + std::string(name) + "' is none.",
            .help = "GET /api/v1/workflows/" + std::string(workflow.name()) + " lists them."};
}

// The engine's command from the body and the headers.
Outcome<engine::Command> read_command(Exchange const& exchange, engine::CommandInfo const& info) {
    auto fields = engine::read_fields(exchange.body, info.form);
    if (!fields) return fields.error();
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    InstanceResource const resource(*exchange.workflow);
    engine::Command command;
    command.actor = exchange.actor;
    command.workflow = exchange.workflow->name();
    command.verb = info.name;
    command.expected_version = *expected;
    command.idempotency_key = exchange.request.idempotency_key;
    if (info.creates) command.new_id = resource.new_id(*fields);
    if (!info.creates) command.instance = resource.id_of(exchange.parameter("id"));
    command.fields = std::move(*fields);
    return command;
}

void execute(std::shared_ptr<Exchange> exchange, engine::CommandInfo const& info) {
    auto command = read_command(*exchange, info);
    if (!command) return exchange->respond(problem_response(command.error()));
    bool const creates = info.creates;
    auto& engine = exchange->office().engine;
    engine.execute(std::move(*command), [exchange, creates](Outcome<engine::Reply> reply) {
        if (!reply) return exchange->respond(problem_response(reply.error()));
        auto const& instance = *reply->instance;
        auto response = shown(*exchange, instance, creates ? 201 : 200);
        if (creates) {
            InstanceResource const resource(*exchange->workflow);
            response.headers.emplace_back("Location", resource.location_of(instance.id));
        }
        exchange->respond(std::move(response));
    });
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    auto const query = read_list_query(exchange.request, exchange.workflow->name());
    if (!query) return query.error();
    auto& office = exchange.office();
    for (auto const& [name, code] : {std::pair("region", query->region), {"unit", query->unit}})
        if (!code.empty() && !office.organisations.find(code))
            return invalid_field(name, "unknown_code",
                                 "Expected a code of the tree, but '" + code + "' is none.");
    auto const page = office.index.list(exchange.actor, *query);
    if (!page) return page.error();
    auto const found = office.engine.find_all(exchange.actor, page->ids);
    if (!found) return found.error();
    auto const rules = office.rulebook.rules();
    Labels const labels(policy_of(*rules, *exchange.workflow), exchange.query("lang"));
    json items = json::array();
    for (auto const& instance : *found) {
        auto item = instance_json(*instance, *exchange.workflow, labels);
        item.erase("description");
        items.push_back(std::move(item));
    }
    bool const last = page->next_cursor.empty();
    return json_response({{"items", std::move(items)},
                          {"next_cursor", last ? json(nullptr) : json(page->next_cursor)},
                          {"total", page->total}});
}

Outcome<Response> get(Exchange& exchange) {
    auto& office = exchange.office();
    auto const& workflow = *exchange.workflow;
    auto const id = InstanceResource(workflow).id_of(exchange.parameter("id"));
    auto const instance = office.engine.find(exchange.actor, workflow.name(), id);
    if (!instance) return instance.error();
    auto const rules = office.rulebook.rules();
    auto const* policy = policy_of(*rules, workflow);
    Labels const labels(policy, exchange.query("lang"));
    auto body = instance_json(**instance, workflow, labels);
    body["commands"] =
        commands_json(office.engine.explain(exchange.actor, **instance), workflow, policy, labels);
    auto response = json_response(body);
    response.headers.emplace_back("ETag", etag_of((*instance)->version));
    return response;
}

Outcome<Response> history(Exchange& exchange) {
    auto const limit = query_number(exchange.request, "limit", 1,
                                    static_cast<std::int64_t>(engine::limits::history_page), 100);
    if (!limit) return limit.error();
    auto const after = number_of_cursor('h', exchange.query("cursor"));
    if (!after) return after.error();
    auto const& workflow = *exchange.workflow;
    auto const id = InstanceResource(workflow).id_of(exchange.parameter("id"));
    auto const count = static_cast<std::size_t>(*limit);
    auto const found =
        exchange.office().engine.history(exchange.actor, workflow.name(), id, *after, count);
    if (!found) return found.error();
    json items = json::array();
    for (auto const& recorded : *found) items.push_back(recorded_json(recorded));
    bool const last = found->size() < count;
    json next = nullptr;
    if (!last) next = cursor_of('h', found->back().version);
    return json_response({{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

void create(std::shared_ptr<Exchange> exchange) {
    auto const* info = InstanceResource(*exchange->workflow).creating();
    if (info != nullptr) return execute(std::move(exchange), *info);
    exchange->respond(problem_response(unknown_command(*exchange->workflow, "create")));
}

void edit(std::shared_ptr<Exchange> exchange) {
    auto const* info = InstanceResource(*exchange->workflow).command("edit");
    if (info != nullptr) return execute(std::move(exchange), *info);
    exchange->respond(problem_response(unknown_command(*exchange->workflow, "edit")));
}

void command(std::shared_ptr<Exchange> exchange) {
    auto const& name = exchange->parameter("command");
    auto const* info = InstanceResource(*exchange->workflow).command(name);
    if (info != nullptr) return execute(std::move(exchange), *info);
    exchange->respond(problem_response(unknown_command(*exchange->workflow, name)));
}

} // namespace banjie::api::instances
