#include "workflows/contract/policy.hpp"

#include "workflows/contract/limits.hpp"
#include "workflows/contract/refusal_codes.hpp"
#include "workflows/contract/workflow.hpp"

#include <algorithm>
#include <set>

namespace banjie::workflows {

namespace {

/// Check of one policy: collects the names that the workflow uses, and reports those missing.
class Check {
public:
    Check(Workflow const& workflow, Policy const& policy) : workflow_(workflow), policy_(policy) {}

    std::vector<FieldError> run() {
        numbers("working_days", policy_.working_days, workflow_.clocks());
        numbers("limits", policy_.limits, workflow_.limits());
        want("workflow");
        for (auto const& state : workflow_.states()) {
            if (state.name == "new") continue;
            want("state." + std::string(state.name));
            if (!state.stage.empty()) want("stage." + std::string(state.stage));
        }
        for (auto const& command : workflow_.commands()) form(command);
        for (auto const& [list, codes] : policy_.vocabularies)
            for (auto const& code : codes) want(list + "." + code);
        for (auto const& number : workflow_.facets().numbers)
            want("unit." + std::string(number.name));
        allow_declared();
        for (auto const& [key, label] : policy_.labels) {
            if (!wanted_.contains(key))
                say("labels." + key, "label_of_nothing"_code,
                    "The workflow has nothing that the label could name.");
            if (label.zh.empty() || label.en.empty())
                say("labels." + key, "one_language_only"_code,
                    "The text is missing in Chinese or in English.");
        }
        for (auto const& rule : policy_.notify) notify(rule);
        for (auto const& group : policy_.groups) facts_of(group);
        for (auto const& apart : policy_.apart) commands_of(apart);
        return std::move(findings_);
    }

private:
    void say(std::string place, RefusalCode code, std::string detail) {
        if (findings_.size() < limits::field_errors)
            findings_.push_back({std::move(place), code, std::move(detail)});
    }

    void want(std::string const& key) {
        if (wanted_.insert(key).second && !policy_.labels.contains(key))
            say("labels." + key, "missing"_code, "The label is missing.");
    }

    void allow(std::string section, auto const& all) {
        for (auto const& one : all) wanted_.insert(section + std::string(one.name));
    }

    /// Allows labels that are optional, because their names can be shown without them.
    void allow_declared() {
        auto const facets = workflow_.facets();
        allow("mark.", facets.marks);
        allow("moment.", facets.moments);
        allow("rate.", facets.rates);
        allow("attachment.", workflow_.attachments());
        allow("phrase.", workflow_.commands());
        allow("field.", workflow_.facts());
        for (auto const& fact : workflow_.facts())
            for (auto const choice : fact.choices) wanted_.insert("choice." + std::string(choice));
    }

    void facts_of(FactGroup const& group) {
        auto const all = workflow_.facts();
        for (auto const& name : group.facts)
            if (std::none_of(all.begin(), all.end(),
                             [&](FieldSpec const& fact) { return fact.name == name; }))
                say("groups." + group.name + "." + name, "unknown_fact"_code,
                    "The workflow has no such fact.");
    }

    void commands_of(Apart const& apart) {
        for (auto const* names : {&apart.first, &apart.then}) {
            if (names->empty())
                say("apart", "missing"_code, "The rule does not have commands on both sides.");
            for (auto const& name : *names)
                if (workflow_.command(name) == nullptr)
                    say("apart." + name, "unknown_command"_code,
                        "The workflow has no such command.");
        }
    }

    void numbers(std::string const& section, auto const& given,
                 std::span<std::string_view const> names) {
        for (auto const name : names)
            if (!given.contains(name))
                say(section + "." + std::string(name), "missing"_code, "The number is missing.");
        for (auto const& [name, number] : given) {
            if (std::find(names.begin(), names.end(), name) == names.end())
                say(section + "." + name, "unknown_name"_code,
                    "The workflow has nothing of that name.");
            if (number < 0 || number > static_cast<int>(limits::working_days))
                say(section + "." + name, "out_of_range"_code,
                    "The number is not from 0 to " + std::to_string(limits::working_days) + ".");
        }
    }

    void form(CommandInfo const& command) {
        want("command." + std::string(command.name));
        want("event." + std::string(command.event));
        for (auto const& field : command.form) {
            want("field." + std::string(field.name));
            for (auto const choice : field.choices) want("choice." + std::string(choice));
        }
    }

    void notify(NotifyRule const& rule) {
        auto const place = "notify." + rule.event;
        auto const all = workflow_.commands();
        auto const* state = workflow_.state(rule.event);
        if ((state == nullptr || state->region == 0) &&
            std::none_of(all.begin(), all.end(),
                         [&](CommandInfo const& command) { return command.event == rule.event; }))
            say(place, "unknown_event"_code, "The workflow has no such event.");
        if (rule.text.zh.empty() != rule.text.en.empty())
            say(place, "one_language_only"_code, "The text exists in one language only.");
        auto const known = workflow_.parties();
        for (auto const& to : rule.to)
            if (std::none_of(known.begin(), known.end(),
                             [&](PartyInfo const& party) { return party.name == to; }))
                say(place + ".to." + to, "unknown_recipient"_code,
                    "The workflow has no such recipient.");
    }

    Workflow const& workflow_;
    Policy const& policy_;
    std::set<std::string> wanted_;
    std::vector<FieldError> findings_;
};

} // namespace

int Policy::days(std::string_view clock) const {
    auto const found = working_days.find(clock);
    return found == working_days.end() ? -1 : found->second;
}

int Policy::limit(std::string_view name) const {
    auto const found = limits.find(name);
    return found == limits.end() ? -1 : found->second;
}

bool Policy::lists(std::string_view vocabulary, std::string_view code) const {
    auto const found = vocabularies.find(vocabulary);
    return found != vocabularies.end() &&
           std::find(found->second.begin(), found->second.end(), code) != found->second.end();
}

std::vector<FieldError> check_policy(Workflow const& workflow, Policy const& policy) {
    return Check(workflow, policy).run();
}

} // namespace banjie::workflows
