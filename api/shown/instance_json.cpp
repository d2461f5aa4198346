#include "api/shown/instance_json.hpp"

#include "engine/text/json_text.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace banjie::api {

using engine::Instance;
using engine::JsonWriter;
using engine::Permission;
using engine::Policy;
using engine::Workflow;
using nlohmann::json;

Labels::Labels(Policy const* policy, std::string_view language,
               engine::Organisations const* organisations)
    : policy_(language.empty() ? nullptr : policy), organisations_(organisations),
      chinese_(language != "en") {}

std::string_view Labels::of(std::string_view kind, std::string_view name) const {
    if (policy_ == nullptr) return {};
    auto const found = policy_->labels.find(
        name.empty() ? std::string(kind) : std::string(kind) + "." + std::string(name));
    if (found == policy_->labels.end()) return {};
    return chinese_ ? found->second.zh : found->second.en;
}

void Labels::put(json& object, std::string_view kind, std::string_view name) const {
    if (auto const label = of(kind, name); !label.empty()) object["label"] = label;
}

void Labels::put(JsonWriter& writer, std::string_view kind, std::string_view name) const {
    if (auto const label = of(kind, name); !label.empty()) writer.name("label").string(label);
}

std::string Labels::name_of(std::string_view code) const {
    auto const found = organisations_ == nullptr ? std::nullopt : organisations_->find(code);
    return found ? found->name : std::string();
}

std::string Labels::place_of(std::string_view code) const {
    std::string place;
    for (std::size_t const length : {4U, 6U, 9U})
        if (code.size() >= length) place += name_of(code.substr(0, length));
    return place.empty() ? name_of(code) : place;
}

namespace {

/// What of an instance has a label: name, kind of label, value.
std::array<std::array<std::string_view, 3>, 5> labelled(Instance const& instance,
                                                        Workflow const& workflow) {
    auto const state = [&](std::size_t region) {
        return region < instance.states.size() ? std::string_view(instance.states[region]) : "";
    };
    auto const* info = workflow.state(instance.state());
    return {{{"state", "state", state(0)},
             {"stage", "stage", info ? info->stage : ""},
             {"light", "state", state(1)},
             {"supervision", "state", state(2)},
             {"category", "category", instance.facts.text("category")}}};
}

} // namespace

void put_instance(JsonWriter& writer, Instance const& instance, Workflow const& workflow,
                  Labels const& labels, Extent extent) {
    auto const named = labelled(instance, workflow);
    writer.name("id").string(instance.id).name("workflow").string(instance.workflow);
    writer.name("version").integer(static_cast<std::int64_t>(instance.version));
    for (auto const& [name, kind, value] : named)
        if (name != "category" && !value.empty()) writer.name(name).string(value);
    for (auto const& [name, value] : instance.facts)
        if (extent == Extent::whole || name != "description") writer.name(name).value(value);
    writer.name("created_at").time(instance.created_at);
    writer.name("updated_at").time(instance.updated_at);
    if (!labels.wanted()) return;
    writer.name("labels").open('{');
    for (auto const& [name, kind, value] : named)
        if (auto const label = labels.of(kind, value); !value.empty() && !label.empty())
            writer.name(name).string(label);
    for (std::string_view const fact : {"region", "lead_unit", "reporting_unit"}) {
        auto const& code = instance.facts.text(fact);
        auto const name = fact == "region" ? labels.place_of(code) : labels.name_of(code);
        if (!name.empty()) writer.name(fact).string(name);
    }
    writer.close('}');
}

namespace {

void put_choices(JsonWriter& writer, auto const& choices, std::string_view kind,
                 Labels const& labels) {
    if (choices.empty()) return;
    writer.name("choices").open('[');
    for (auto const& choice : choices) writer.string(choice);
    writer.close(']');
    if (!labels.wanted()) return;
    writer.name("choice_labels").open('{');
    for (auto const& choice : choices)
        if (auto const label = labels.of(kind, choice); !label.empty())
            writer.key(choice).string(label);
    writer.close('}');
}

void put_field(JsonWriter& writer, engine::FieldSpec const& field, Policy const* policy,
               Labels const& labels) {
    writer.open('{').name("name").string(field.name).name("kind").string(name_of(field.kind));
    writer.name("required").raw(field.required ? "true" : "false");
    if (field.kind != engine::FieldKind::category) {
        put_choices(writer, field.choices, "choice", labels);
    } else if (policy != nullptr) {
        auto const known = policy->vocabularies.find("category");
        if (known != policy->vocabularies.end())
            put_choices(writer, known->second, "category", labels);
    }
    if (field.maximum > 0) writer.name("maximum").integer(field.maximum);
    labels.put(writer, "field", field.name);
    writer.close('}');
}

} // namespace

void put_form(JsonWriter& writer, std::span<engine::FieldSpec const> form, Policy const* policy,
              Labels const& labels) {
    writer.open('[');
    for (auto const& field : form) put_field(writer, field, policy, labels);
    writer.close(']');
}

void put_commands(JsonWriter& writer, std::vector<Permission> const& permissions,
                  Workflow const& workflow, Policy const* policy, Labels const& labels) {
    auto const put_all = [&](bool permitted, auto put_more) {
        writer.open('[');
        for (auto const& permission : permissions) {
            if (permission.refusal.has_value() == permitted) continue;
            writer.open('{').name("command").string(permission.command);
            labels.put(writer, "command", permission.command);
            put_more(permission);
            writer.close('}');
        }
        writer.close(']');
    };
    writer.open('{').name("permitted");
    put_all(true, [&](Permission const& permission) {
        auto const* command = workflow.command(permission.command);
        writer.name("form");
        put_form(writer, command->form, policy, labels);
    });
    writer.name("refused");
    put_all(false, [&](Permission const& permission) {
        auto const& refusal = *permission.refusal;
        writer.name("code").string(refusal.code).name("detail").string(refusal.detail);
        if (!refusal.help.empty()) writer.name("help").string(refusal.help);
    });
    writer.close('}');
}

json recorded_json(engine::Recorded const& recorded) {
    json out = engine::to_json(recorded.event);
    out["seq"] = recorded.seq;
    out["subject"] = recorded.subject;
    out["workflow"] = recorded.workflow;
    out["version"] = recorded.version;
    return out;
}

} // namespace banjie::api
