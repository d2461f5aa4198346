#include "api/resources/instances_api.hpp"

#include "api/request/cursor.hpp"
#include "api/request/key_scope.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/shown/instance_json.hpp"
#include "api/shown/instance_resource.hpp"
#include "api/shown/list_query.hpp"
#include "engine/limits.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/read_fields.hpp"

namespace banjie::api::instances {

using engine::Outcome;
using nlohmann::json;

namespace {

engine::Policy const* policy_of(engine::Rules const& rules, engine::Workflow const& workflow) {
    auto const found = rules.policies.find(workflow.name());
    return found == rules.policies.end() ? nullptr : &found->second;
}

constexpr std::size_t usual_bytes = 1'536; // of an instance's JSON

using InstancePointer = std::shared_ptr<engine::Instance const>;

/// Writes the instance, followed by the members that `more` adds.
std::string instance_text(Exchange const& exchange, engine::Instance const& instance, auto more) {
    auto const rules = exchange.office().rulebook.rules();
    auto const* policy = policy_of(*rules, *exchange.workflow);
    Labels const labels(policy, exchange.query("lang"), &exchange.office().organisations);
    engine::JsonWriter writer(usual_bytes);
    writer.open('{');
    put_instance(writer, instance, *exchange.workflow, labels);
    more(writer, policy, labels);
    return writer.close('}').take();
}

Response shown(std::shared_ptr<Exchange const> exchange, InstancePointer instance, int status) {
    Response response{.status = status, .headers = {{"ETag", etag_of(instance->version)}}};
    response.write_body = [exchange = std::move(exchange), instance = std::move(instance)] {
        return instance_text(*exchange, *instance, [](auto&&...) {});
    };
    return response;
}

engine::Refusal unknown_command(engine::Workflow const& workflow, std::string_view name) {
    return {.code = "unknown_command"_code,
            .detail = "The workflow '" + std::string(workflow.name()) + "' has no command '" +
                      std::string(name) + "'.",
            .help =
                "See its commands: GET /api/v1/workflows/" + std::string(workflow.name()) + "."};
}

// A field that takes an id also accepts a number.
void name_instances(Exchange const& exchange, std::span<engine::FieldSpec const> form,
                    engine::Fields& fields) {
    auto const id_of = [&exchange](std::string_view text) {
        return exchange.office().index.id_named(exchange.actor, text);
    };
    for (auto const& field : form) {
        bool const is_one = field.kind == engine::FieldKind::instance;
        if (!fields.has(field.name) || (!is_one && field.kind != engine::FieldKind::instances))
            continue;
        if (is_one) {
            fields.set(field.name, id_of(fields.text(field.name)));
        } else {
            auto ids = fields.texts(field.name);
            for (auto& id : ids) id = id_of(id);
            fields.set(field.name, std::move(ids));
        }
    }
}

// Builds the engine's command from the body and the headers.
Outcome<engine::Command> read_command(Exchange const& exchange, engine::CommandInfo const& info) {
    if (auto checked = check_scope(exchange, info.name); !checked) return checked.error();
    auto fields = engine::read_fields(exchange.body, info.form);
    if (!fields) return fields.error();
    name_instances(exchange, info.form, *fields);
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
    if (!command) return exchange->respond(refusal_response(command.error()));
    bool const creates = info.creates;
    auto& engine = exchange->office().engine;
    engine.execute(std::move(*command), [exchange, creates](Outcome<engine::Reply> reply) {
        if (!reply) return exchange->respond(refusal_response(reply.error()));
        auto response = shown(exchange, reply->instance, creates ? 201 : 200);
        if (creates) {
            InstanceResource const resource(*exchange->workflow);
            response.headers.emplace_back("Location", resource.location_of(reply->instance->id));
        }
        exchange->respond(std::move(response));
    });
}

/// Refuses regions and units that are not in the tree of organisations.
Outcome<void> check_codes(Exchange const& exchange, engine::ListQuery const& query) {
    auto const check = [&exchange](std::string_view name, std::string const& code) {
        if (code.empty() || exchange.office().organisations.find(code))
            return Outcome<void>(boost::system::in_place_value);
        return Outcome<void>(invalid_field(
            name, "unknown_code"_code, "There is no organisation with the code '" + code + "'."));
    };
    for (auto const& tag : exchange.workflow->facets().tags) {
        auto const asked = query.where.find(tag.name);
        if (tag.kind != engine::FieldKind::region || asked == query.where.end()) continue;
        for (auto const& code : asked->second)
            if (auto known = check(tag.name, code); !known) return known;
    }
    return check("unit", query.unit);
}

/// "personal"?: what is kept of it, and whether the caller may read it.
void put_personal(engine::JsonWriter& writer, engine::Actor const& actor,
                  engine::Workflow const& workflow, engine::Instance const& instance) {
    using engine::PersonalData;
    auto const kept = PersonalData::kept_of(workflow, instance);
    if (kept.empty()) return;
    bool const readable = PersonalData::may_read(workflow, actor, instance);
    writer.name("personal").open('{').name("fields").texts(kept);
    writer.name("readable").raw(readable ? "true" : "false").close('}');
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    auto const query = read_list_query(exchange.request, *exchange.workflow);
    if (!query) return query.error();
    auto& office = exchange.office();
    if (auto known = check_codes(exchange, *query); !known) return known.error();
    auto const page = office.index.list(exchange.actor, *query);
    if (!page) return page.error();
    auto const found = office.engine.find_all(exchange.actor, page->ids);
    if (!found) return found.error();
    auto const rules = office.rulebook.rules();
    Labels const labels(policy_of(*rules, *exchange.workflow), exchange.query("lang"),
                        &office.organisations);
    engine::JsonWriter writer(found->size() * usual_bytes);
    writer.open('{').name("items").open('[');
    for (auto const& instance : *found) {
        writer.open('{');
        put_instance(writer, *instance, *exchange.workflow, labels, Extent::row);
        writer.close('}');
    }
    writer.close(']').name("next_cursor");
    page->next_cursor.empty() ? writer.raw("null") : writer.string(page->next_cursor);
    writer.name("total").integer(static_cast<std::int64_t>(page->total)).close('}');
    return Response{.body = writer.take(), .headers = {}};
}

Outcome<Response> get(Exchange& exchange) {
    auto& office = exchange.office();
    auto const& workflow = *exchange.workflow;
    auto const id = InstanceResource(workflow).id_of(exchange.parameter("id"));
    auto const instance = office.engine.find(exchange.actor, workflow.name(), id);
    if (!instance) return instance.error();
    auto const put_what_may_be_done = [&](auto& writer, auto const* policy, Labels const& labels) {
        auto const permissions = office.engine.explain(exchange.actor, **instance);
        writer.name("commands");
        put_commands(writer, permissions, workflow, policy, labels);
        put_personal(writer, exchange.actor, workflow, **instance);
    };
    return Response{.body = instance_text(exchange, **instance, put_what_may_be_done),
                    .headers = {{"ETag", etag_of((*instance)->version)}}};
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
    exchange->respond(refusal_response(unknown_command(*exchange->workflow, "create")));
}

void edit(std::shared_ptr<Exchange> exchange) {
    auto const* info = InstanceResource(*exchange->workflow).editing();
    if (info != nullptr) return execute(std::move(exchange), *info);
    exchange->respond(refusal_response(unknown_command(*exchange->workflow, "edit")));
}

void command(std::shared_ptr<Exchange> exchange) {
    auto const& name = exchange->parameter("command");
    auto const* info = InstanceResource(*exchange->workflow).command(name);
    if (info != nullptr) return execute(std::move(exchange), *info);
    exchange->respond(refusal_response(unknown_command(*exchange->workflow, name)));
}

} // namespace banjie::api::instances
