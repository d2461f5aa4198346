#include "api/shown/instance_json.hpp"

#include "engine/text/json_text.hpp"

#include <nlohmann/json.hpp>

#include <absl/container/inlined_vector.h>

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
    auto const region = engine::Region::from(code);
    if (!region || region->level() == engine::Level::province) return name_of(code);
    std::string place = name_of(code);
    for (auto above = region->above(); above && above->level() != engine::Level::province;
         above = above->above())
        place.insert(0, name_of(above->code()));
    return place;
}

namespace {

struct Labelled {
    std::string_view name, kind, value;
};

/// Returns the states of an instance by the names of their regions, and the stage.
absl::InlinedVector<Labelled, 6> states_of(Instance const& instance, Workflow const& workflow) {
    auto const* info = workflow.state(instance.state());
    absl::InlinedVector<Labelled, 6> states{{"state", "state", instance.state()},
                                            {"stage", "stage", info ? info->stage : ""}};
    auto const beside = workflow.regions_beside();
    for (std::size_t i = 0; i < beside.size() && i + 1 < instance.states.size(); ++i)
        states.push_back({beside[i], "state", instance.states[i + 1]});
    return states;
}

/// Returns an empty label for a value that is no text: lists and numbers have no label.
std::string label_of(Labels const& labels, engine::FieldKind kind, engine::Value const* held) {
    auto const* const value_held = held ? std::get_if<std::string>(held) : nullptr;
    std::string_view const value = value_held ? *value_held : std::string_view();
    switch (kind) {
    case engine::FieldKind::category:
        return std::string(value.empty() ? value : labels.of("category", value));
    case engine::FieldKind::region:
        return labels.place_of(value);
    case engine::FieldKind::unit:
        return labels.name_of(value);
    default:
        return {};
    }
}

} // namespace

std::string_view left_out_of_rows(Workflow const& workflow) {
    for (auto const& fact : workflow.facts())
        if (fact.kind == engine::FieldKind::long_text) return fact.name;
    return {};
}

void put_instance(JsonWriter& writer, Instance const& instance, Workflow const& workflow,
                  Labels const& labels, Extent extent) {
    auto const states = states_of(instance, workflow);
    writer.name("id").string(instance.id).name("workflow").string(instance.workflow);
    if (!instance.number.empty()) writer.name("number").string(instance.number);
    writer.name("version").integer(static_cast<std::int64_t>(instance.version));
    for (auto const& [name, kind, value] : states)
        if (!value.empty()) writer.name(name).string(value);
    auto const left_out = extent == Extent::row ? left_out_of_rows(workflow) : std::string_view();
    for (auto const& [name, value] : instance.facts)
        if (name != left_out) writer.name(name).value(value);
    writer.name("created_at").time(instance.created_at);
    writer.name("updated_at").time(instance.updated_at);
    if (!labels.wanted()) return;
    writer.name("labels").open('{');
    for (auto const& [name, kind, value] : states)
        if (auto const label = labels.of(kind, value); !value.empty() && !label.empty())
            writer.name(name).string(label);
    for (auto const& tag : workflow.facets().tags)
        if (auto const label = label_of(labels, tag.kind, instance.facts.find(tag.name));
            !label.empty())
            writer.name(tag.name).string(label);
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
    if (!field.workflow.empty()) writer.name("workflow").string(field.workflow);
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
