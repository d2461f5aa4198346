#include "api/instance_json.hpp"

#include "engine/json_text.hpp"

#include <nlohmann/json.hpp>

namespace banjie::api {

using engine::Instance;
using engine::Permission;
using engine::Policy;
using engine::Workflow;
using nlohmann::json;

Labels::Labels(Policy const* policy, std::string_view language)
    : policy_(language.empty() ? nullptr : policy), chinese_(language != "en") {}

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

namespace {

json labels_json(json const& shown, Labels const& labels) {
    json out = json::object();
    for (auto const* kind : {"state", "stage", "light", "supervision"}) {
        if (!shown.contains(kind)) continue;
        bool const is_stage = std::string_view(kind) == "stage";
        auto const label = labels.of(is_stage ? "stage" : "state", shown[kind].get<std::string>());
        if (!label.empty()) out[kind] = label;
    }
    if (auto const found = shown.find("category"); found != shown.end() && found->is_string()) {
        auto const label = labels.of("category", found->get<std::string>());
        if (!label.empty()) out["category"] = label;
    }
    return out;
}

} // namespace

json instance_json(Instance const& instance, Workflow const& workflow, Labels const& labels) {
    json out = engine::to_json(instance.facts);
    out["id"] = instance.id;
    out["workflow"] = instance.workflow;
    out["version"] = instance.version;
    out["state"] = instance.state();
    if (auto const* state = workflow.state(instance.state()); state && !state->stage.empty()) {
        out["stage"] = state->stage;
    }
    if (instance.states.size() > 1) out["light"] = instance.states[1];
    if (instance.states.size() > 2) out["supervision"] = instance.states[2];
    out["created_at"] = engine::time_text(instance.created_at);
    out["updated_at"] = engine::time_text(instance.updated_at);
    if (labels.wanted()) out["labels"] = labels_json(out, labels);
    return out;
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
