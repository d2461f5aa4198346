#include "api/instance_json.hpp"

#include "engine/json_text.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace banjie::api {

using engine::Instance;
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

void put_instance(engine::JsonWriter& writer, Instance const& instance, Workflow const& workflow,
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

json form_json(std::span<engine::FieldSpec const> form, Policy const* policy,
               Labels const& labels) {
    json out = json::array();
    for (auto const& field : form) {
        json shown = {
            {"name", field.name}, {"kind", name_of(field.kind)}, {"required", field.required}};
        json choices = json::array();
        std::string_view kind = "choice";
        for (auto const choice : field.choices) choices.push_back(choice);
        if (field.kind == engine::FieldKind::category && policy != nullptr) {
            kind = "category";
            auto const found = policy->vocabularies.find("category");
            if (found != policy->vocabularies.end()) choices = found->second;
        }
        if (!choices.empty()) {
            json words = json::object();
            for (auto const& choice : choices) {
                auto const label = labels.of(kind, choice.get<std::string>());
                if (!label.empty()) words[choice.get<std::string>()] = label;
            }
            shown["choices"] = std::move(choices);
            if (!words.empty()) shown["choice_labels"] = std::move(words);
        }
        if (field.maximum > 0) shown["maximum"] = field.maximum;
        labels.put(shown, "field", field.name);
        out.push_back(std::move(shown));
    }
    return out;
}

json commands_json(std::vector<Permission> const& permissions, Workflow const& workflow,
                   Policy const* policy, Labels const& labels) {
    json permitted = json::array();
    json refused = json::array();
    for (auto const& permission : permissions) {
        json shown = {{"command", permission.command}};
        labels.put(shown, "command", permission.command);
        if (permission.refusal) {
            shown["code"] = permission.refusal->code;
            shown["detail"] = permission.refusal->detail;
            if (!permission.refusal->help.empty()) shown["help"] = permission.refusal->help;
            refused.push_back(std::move(shown));
            continue;
        }
        auto const* command = workflow.command(permission.command);
        shown["form"] =
            command == nullptr ? json::array() : form_json(command->form, policy, labels);
        permitted.push_back(std::move(shown));
    }
    return {{"permitted", std::move(permitted)}, {"refused", std::move(refused)}};
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
