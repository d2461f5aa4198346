#include "api/resources/workflows_api.hpp"

#include "api/request/permissions.hpp"
#include "api/request/refusal_codes.hpp"
#include "api/request/request_checks.hpp"
#include "api/shown/instance_json.hpp"
#include "api/shown/instance_resource.hpp"

#include <algorithm>

namespace banjie::api::workflows_resource {

using engine::Outcome;
using engine::Policy;
using engine::Workflow;
using nlohmann::json;

namespace {

Policy const* policy_of(engine::Rules const& rules, std::string_view name) {
    auto const found = rules.policies.find(name);
    return found == rules.policies.end() ? nullptr : &found->second;
}

Outcome<Workflow const*> named(Exchange const& exchange) {
    auto const rules = exchange.office().rulebook.rules();
    auto const* workflow = rules->workflows.find(exchange.parameter("name"));
    if (workflow != nullptr) return workflow;
    return engine::Refusal{.code = "unknown_workflow"_code,
                           .detail = "There is no workflow of that name.",
                           .help = "See the list of workflows: GET /api/v1/workflows."};
}

json states_json(Workflow const& workflow, Labels const& labels) {
    json out = json::array();
    for (auto const& state : workflow.states()) {
        json shown = {{"name", state.name}, {"region", state.region}, {"final", state.final}};
        if (!state.stage.empty()) shown["stage"] = state.stage;
        if (!state.clock.empty()) shown["clock"] = state.clock;
        labels.put(shown, "state", state.name);
        out.push_back(std::move(shown));
    }
    return out;
}

json rows_json(Workflow const& workflow) {
    json out = json::array();
    for (auto const& row : workflow.rows()) {
        json shown = {{"source", row.source},
                      {"command", row.command},
                      {"target", row.target},
                      {"by", row.role}};
        if (!row.action.empty()) shown["do"] = row.action;
        if (!row.guard.empty()) shown["if"] = row.guard;
        out.push_back(std::move(shown));
    }
    return out;
}

json form_json(std::span<engine::FieldSpec const> form, Policy const* policy,
               Labels const& labels) {
    engine::JsonWriter writer(1'024);
    put_form(writer, form, policy, labels);
    return json::parse(writer.take());
}

json commands_of(Workflow const& workflow, Policy const* policy, Labels const& labels) {
    json out = json::array();
    for (auto const& command : workflow.commands()) {
        if (command.internal) continue;
        json shown = {{"command", command.name},
                      {"event", command.event},
                      {"creates", command.creates},
                      {"form", form_json(command.form, policy, labels)}};
        labels.put(shown, "command", command.name);
        out.push_back(std::move(shown));
    }
    return out;
}

// {"screening": {"accept": ["screener"]}}: the roles that may give a command in a state.
json permissions_json(Workflow const& workflow) {
    json out = json::object();
    for (auto const& row : workflow.rows()) {
        auto const* command = workflow.command(row.command);
        if (command != nullptr && command->internal) continue;
        auto& who = out[std::string(row.source)][std::string(row.command)];
        if (who.is_null()) who = json::array();
        bool known = false;
        for (auto const& name : who) known = known || name == row.role;
        if (!known) who.push_back(row.role);
    }
    return out;
}

// In the form of the policy file, so that PUT accepts it again.
json policy_json(Policy const& policy) {
    json notify = json::array();
    for (auto const& rule : policy.notify) {
        notify.push_back({{"event", rule.event}, {"to", rule.to}});
        if (rule.text.zh.empty()) continue;
        notify.back()["zh"] = rule.text.zh;
        notify.back()["en"] = rule.text.en;
    }
    json groups = json::array();
    for (auto const& group : policy.groups)
        groups.push_back({{"name", group.name},
                          {"zh", group.title.zh},
                          {"en", group.title.en},
                          {"facts", group.facts}});
    json apart = json::array();
    for (auto const& rule : policy.apart)
        apart.push_back({{"first", rule.first}, {"then", rule.then}, {"except", rule.except}});
    json labels = json::object();
    for (auto const& [key, label] : policy.labels)
        labels[key] = {{"zh", label.zh}, {"en", label.en}};
    return {{"workflow", policy.workflow}, {"working_days", policy.working_days},
            {"limits", policy.limits},     {"vocabularies", policy.vocabularies},
            {"labels", std::move(labels)}, {"notify", std::move(notify)},
            {"groups", std::move(groups)}, {"apart", std::move(apart)}};
}

json named_json(std::string_view name, Labels const& labels, std::string_view kind) {
    json out = {{"name", name}};
    labels.put(out, kind, name);
    return out;
}

json facets_json(Workflow const& workflow, Labels const& labels) {
    auto const facets = workflow.facets();
    json tags = json::array(), marks = json::array(), moments = json::array();
    json numbers = json::array(), rates = json::array();
    for (auto const& tag : facets.tags) {
        tags.push_back(named_json(tag.name, labels, "field"));
        tags.back()["kind"] = name_of(tag.kind);
        tags.back()["handles"] = tag.of_handling_unit;
    }
    for (auto const& mark : facets.marks) marks.push_back(named_json(mark.name, labels, "mark"));
    for (auto const& moment : facets.moments)
        moments.push_back(named_json(moment.name, labels, "moment"));
    for (auto const& number : facets.numbers) {
        numbers.push_back(named_json(number.name, labels, "field"));
        numbers.back()["decimals"] = number.decimals;
        if (auto const unit = labels.of("unit", number.name); !unit.empty())
            numbers.back()["unit"] = unit;
    }
    for (auto const& rate : facets.rates) {
        rates.push_back(named_json(rate.name, labels, "rate"));
        rates.back().update({{"part", rate.part}, {"whole", rate.whole}, {"moment", rate.moment}});
    }
    return {{"tags", std::move(tags)},
            {"marks", std::move(marks)},
            {"moments", std::move(moments)},
            {"numbers", std::move(numbers)},
            {"rates", std::move(rates)}};
}

json facts_json(Workflow const& workflow, Policy const* policy, Labels const& labels) {
    json facts = json::array();
    for (auto const& fact : workflow.facts()) {
        facts.push_back(named_json(fact.name, labels, "field"));
        facts.back()["kind"] = name_of(fact.kind);
        if (!fact.workflow.empty()) facts.back()["workflow"] = fact.workflow;
        if (policy == nullptr) continue;
        for (auto const& group : policy->groups)
            if (std::find(group.facts.begin(), group.facts.end(), fact.name) != group.facts.end())
                facts.back()["group"] = group.name;
    }
    return facts;
}

json parties_json(Workflow const& workflow, std::string_view language) {
    json parties = json::array();
    for (auto const& party : workflow.parties()) {
        parties.push_back({{"name", party.name}});
        if (!language.empty()) parties.back()["label"] = language == "en" ? party.en : party.zh;
    }
    return parties;
}

json numbering_json(Workflow const& workflow) {
    auto const numbering = workflow.numbering();
    auto const by = numbering.key_fact.empty() ? numbering.fact : numbering.key_fact;
    return {{"by", by.empty() ? "year" : by}};
}

json regions_json(Workflow const& workflow) {
    json regions = json::array();
    int number = 0;
    for (auto const name : workflow.regions_beside()) {
        json states = json::array();
        ++number;
        for (auto const& state : workflow.states())
            if (state.region == number) states.push_back(state.name);
        regions.push_back({{"name", name}, {"states", std::move(states)}});
    }
    return regions;
}

/// Returns the links of all facts and of the fields of all commands, including those of the system.
json links_json(Workflow const& workflow) {
    json links = json::object();
    auto const add = [&links](std::span<engine::FieldSpec const> fields) {
        for (auto const& field : fields)
            if (!field.workflow.empty()) links[std::string(field.name)] = field.workflow;
    };
    add(workflow.facts());
    for (auto const& command : workflow.commands()) add(command.form);
    return links;
}

json private_states_json(Workflow const& workflow) {
    json states = json::array();
    for (auto const& state : workflow.states())
        if (state.is_private) states.push_back(state.name);
    return states;
}

/// Returns null if no command of people creates an instance.
json creating_json(Exchange const& exchange, Workflow const& workflow) {
    auto const* const command = InstanceResource(workflow).creating();
    if (command == nullptr) return nullptr;
    bool const is_permitted = exchange.office().engine.may_create(exchange.actor, workflow);
    return {{"command", command->name}, {"permitted", is_permitted}};
}

json creating_json(Exchange const& exchange, Workflow const& workflow, Policy const* policy,
                   Labels const& labels) {
    auto out = creating_json(exchange, workflow);
    if (out.is_null()) return out;
    auto const* const command = InstanceResource(workflow).creating();
    out["form"] = form_json(command->form, policy, labels);
    labels.put(out, "command", command->name);
    return out;
}

/// Returns the declarations of the workflow beside its table.
json declared_json(Exchange const& exchange, Workflow const& workflow, Policy const* policy,
                   Labels const& labels, std::string_view language) {
    json attachments = json::array();
    for (auto const& purpose : workflow.attachments())
        attachments.push_back(named_json(purpose.name, labels, "attachment"));
    json out = {{"title_fact", workflow.title_fact()},
                {"facets", facets_json(workflow, labels)},
                {"facts", facts_json(workflow, policy, labels)},
                {"parties", parties_json(workflow, language)},
                {"attachments", std::move(attachments)},
                {"numbering", numbering_json(workflow)},
                {"links", links_json(workflow)},
                {"regions", regions_json(workflow)},
                {"private_states", private_states_json(workflow)},
                {"creating", creating_json(exchange, workflow, policy, labels)}};
    auto const* const editing = InstanceResource(workflow).editing();
    out["editing"] = editing == nullptr ? json() : json(editing->name);
    return out;
}

/// Returns the response with the policy's version as the ETag.
Response shown(json const& workflow, Policy const* policy) {
    auto response = json_response(workflow);
    if (policy != nullptr) response.headers.emplace_back("ETag", etag_of(policy->version));
    return response;
}

json whole(Exchange const& exchange, Workflow const& workflow, Policy const* policy,
           std::string_view language) {
    Labels const labels(policy, language);
    json out = {{"name", workflow.name()},
                {"collection", InstanceResource(workflow).collection()},
                {"states", states_json(workflow, labels)},
                {"rows", rows_json(workflow)},
                {"commands", commands_of(workflow, policy, labels)},
                {"permissions", permissions_json(workflow)},
                {"mermaid", workflow.mermaid()}};
    if (policy != nullptr) out["policy"] = policy_json(*policy);
    out.update(declared_json(exchange, workflow, policy, labels, language));
    labels.put(out, "workflow", "");
    return out;
}

} // namespace

Outcome<Response> list(Exchange& exchange) {
    auto& office = exchange.office();
    auto const rules = office.rulebook.rules();
    json items = json::array();
    for (auto const& [workflow, declaration] : rules->workflows) {
        json item = {{"name", workflow->name()},
                     {"collection", InstanceResource(*workflow).collection()},
                     {"visible", office.index.visible(exchange.actor, workflow->name())},
                     {"creating", creating_json(exchange, *workflow)}};
        Labels const labels(policy_of(*rules, workflow->name()), exchange.query("lang"));
        labels.put(item, "workflow", "");
        items.push_back(std::move(item));
    }
    return json_response({{"items", std::move(items)}});
}

Outcome<Response> get(Exchange& exchange) {
    auto const workflow = named(exchange);
    if (!workflow) return workflow.error();
    auto const rules = exchange.office().rulebook.rules();
    auto const* policy = policy_of(*rules, (*workflow)->name());
    return shown(whole(exchange, **workflow, policy, exchange.query("lang")), policy);
}

Outcome<std::optional<Sensitive>> sensitivity(Exchange& exchange) {
    bool const is_trial = exchange.query("dry_run") == "true";
    // An actor who may not save it is refused at once, without an act.
    if (is_trial || !engine::is_chief_administrator(exchange.actor))
        return std::optional<Sensitive>();
    return std::optional(Sensitive{"policy", exchange.actor.organisation});
}

Outcome<Response> save_policy(Exchange& exchange) {
    if (auto allowed = require_chief_administrator(exchange.actor); !allowed)
        return allowed.error();
    auto const workflow = named(exchange);
    if (!workflow) return workflow.error();
    auto const name = exchange.body.find("workflow");
    if (name == exchange.body.end() || *name != (*workflow)->name()) {
        return invalid_field("workflow", "wrong_value"_code,
                             "The value is not the name of the workflow in the path.");
    }
    auto const expected = expected_version(exchange.request);
    if (!expected) return expected.error();
    auto& office = exchange.office();
    auto const text = exchange.body.dump();
    if (exchange.query("dry_run") == "true") {
        auto const checked = office.administration.check_policy(exchange.actor, text, *expected);
        if (!checked) return checked.error();
        auto const rules = office.rulebook.rules();
        auto tried = whole(exchange, **workflow, &*checked, "");
        tried["changes"] =
            json::diff(policy_json(*policy_of(*rules, (*workflow)->name())), tried["policy"]);
        return shown(tried, &*checked);
    }
    auto const saved = office.administration.save_policy(exchange.actor, text, *expected);
    if (!saved) return saved.error();
    auto const rules = office.rulebook.rules();
    auto const* policy = policy_of(*rules, (*workflow)->name());
    return shown(whole(exchange, **workflow, policy, ""), policy);
}

} // namespace banjie::api::workflows_resource
