#include "api/resources/work_api.hpp"

#include "api/request/request_checks.hpp"
#include "api/shown/instance_json.hpp"
#include "api/shown/instance_resource.hpp"
#include "engine/limits.hpp"

#include <algorithm>

namespace banjie::api::work {

using engine::Outcome;

namespace {

constexpr std::size_t usual_bytes = 1'536; // of an instance's JSON

/// Returns whether the command leaves the state, or stays in it only under a guard.
bool is_awaited(engine::Workflow const& workflow, std::string_view state,
                std::string_view command) {
    auto const* const editing = InstanceResource(workflow).editing();
    if (editing != nullptr && editing->name == command) return false;
    auto const rows = workflow.rows();
    return std::any_of(rows.begin(), rows.end(), [&](auto const& row) {
        bool const is_meant = row.command == command && row.source == state;
        return is_meant && (row.target != row.source || !row.guard.empty());
    });
}

engine::Texts awaited(Exchange const& exchange, engine::Workflow const& workflow,
                      engine::Instance const& instance) {
    engine::Texts all, leading_on;
    for (auto const& permission : exchange.office().engine.explain(exchange.actor, instance)) {
        if (permission.refusal) continue;
        all.emplace_back(permission.command);
        if (is_awaited(workflow, instance.state(), permission.command))
            leading_on.emplace_back(permission.command);
    }
    return leading_on.empty() ? all : leading_on;
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    auto const limit = query_number(exchange.request, "limit", 1,
                                    static_cast<std::int64_t>(engine::limits::list_page), 50);
    if (!limit) return limit.error();
    auto& office = exchange.office();
    auto const work = office.index.work(exchange.actor, static_cast<std::size_t>(*limit),
                                        exchange.query("cursor"));
    if (!work) return work.error();
    auto const found = office.engine.find_all(exchange.actor, work->page.ids);
    if (!found) return found.error();
    auto const rules = office.rulebook.rules();
    engine::JsonWriter writer(found->size() * usual_bytes);
    writer.open('{').name("items").open('[');
    for (auto const& instance : *found) {
        auto const* const workflow = rules->workflows.find(instance->workflow);
        auto const policy = rules->policies.find(instance->workflow);
        if (workflow == nullptr || policy == rules->policies.end()) continue;
        Labels const labels(&policy->second, exchange.query("lang"), &office.organisations);
        writer.open('{');
        put_instance(writer, *instance, *workflow, labels, Extent::row);
        writer.name("awaits").texts(awaited(exchange, *workflow, *instance)).close('}');
    }
    writer.close(']').name("next_cursor");
    work->page.next_cursor.empty() ? writer.raw("null") : writer.string(work->page.next_cursor);
    writer.name("total").integer(static_cast<std::int64_t>(work->page.total));
    writer.name("by_workflow").open('{');
    for (auto const& [name, count] : work->by_workflow)
        writer.key(name).integer(static_cast<std::int64_t>(count));
    writer.close('}').close('}');
    return Response{.body = writer.take(), .headers = {}};
}

} // namespace banjie::api::work
