#include "tests/workflows/acting.hpp"

#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/calendar_file.hpp"
#include "tests/workflows/cast.hpp"

#include <algorithm>
#include <charconv>

namespace banjie::workflows::testing {

namespace {

Texts split(std::string_view text) {
    Texts parts;
    while (!text.empty()) {
        auto const part = text.substr(0, text.find(','));
        parts.emplace_back(part);
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
    return parts;
}

std::string join(Texts const& parts) {
    std::string text;
    for (auto const& part : parts) text += (text.empty() ? "" : ",") + part;
    return text;
}

/// The identifier that is meant: the word itself, or that whose Chinese label it is.
std::string meant(Policy const& policy, std::string_view prefix, std::string const& word) {
    std::string const key = std::string(prefix) + '.';
    if (policy.labels.contains(key + word)) return word;
    for (auto const& [name, label] : policy.labels)
        if (name.starts_with(key) && label.zh == word) return name.substr(key.size());
    return word;
}

Value value_of(Policy const& policy, FieldKind kind, std::string const& text) {
    switch (kind) {
    case FieldKind::boolean:
        return text == "yes" || text == "是";
    case FieldKind::time:
        return local_time(text);
    case FieldKind::integer: {
        std::int64_t number = -1;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }
    case FieldKind::texts:
    case FieldKind::units:
    case FieldKind::instances:
        return split(text);
    case FieldKind::choice:
        return meant(policy, "choice", text);
    case FieldKind::category:
        return meant(policy, "category", text);
    default:
        return text;
    }
}

std::string text_of(Value const& value) {
    if (auto const* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
    if (auto const* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (auto const* time = std::get_if<Time>(&value)) return day_text(*time);
    if (auto const* text = std::get_if<std::string>(&value)) return *text;
    if (auto const* texts = std::get_if<Texts>(&value)) return texts->empty() ? "-" : join(*texts);
    return "-";
}

class Play {
public:
    explicit Play(Rehearsal& rehearsal) : rehearsal_(rehearsal) {}

    void act(Statement const& statement) {
        line_ = statement.line;
        switch (statement.kind) {
        case Statement::Kind::clock:
            return rehearsal_.advance_to(statement.at);
        case Statement::Kind::wait:
            return wait(statement);
        case Statement::Kind::policy:
            return set_limits(statement);
        case Statement::Kind::command:
            return command(statement);
        case Statement::Kind::expectation:
            return expect(statement);
        }
    }
    std::vector<std::string> findings;

private:
    void differs(std::string const& expected, std::string const& actual) {
        findings.push_back(std::to_string(line_) + ": Expected " + expected + ", but " + actual);
    }

    void wait(Statement const& statement) {
        auto const now = rehearsal_.now();
        if (!statement.working)
            return rehearsal_.advance_to(now + std::chrono::days(statement.days));
        // The same hour of that day.
        auto const day = local_date(rehearsal_.calendar().add_working_days(now, statement.days));
        rehearsal_.advance_to(now + (day - local_date(now)));
    }

    void set_limits(Statement const& statement) {
        if (tested_workflow(statement.workflow) == nullptr)
            return differs("a workflow", "none is called " + statement.workflow);
        for (auto const& [limit, number] : statement.fields)
            if (!rehearsal_.set_limit(statement.workflow, limit, std::atoi(number.c_str())))
                differs("a limit of the policy", "none is called " + limit);
    }

    /// Returns the instance's workflow; for a new one, each that begins with such a command, and
    /// has that name if one is said.
    std::vector<Workflow const*> workflows_of(Statement const& statement) const {
        if (auto const* instance = rehearsal_.find(statement.instance))
            return {tested_workflow(instance->workflow)};
        std::vector<Workflow const*> found;
        for (auto const* workflow : tested_workflows()) {
            auto const& policy = rehearsal_.policy(workflow->name());
            auto const* info = workflow->command(meant(policy, "command", statement.command));
            auto const label = policy.labels.find("workflow");
            bool const is_named = statement.workflow.empty() ||
                                  statement.workflow == workflow->name() ||
                                  statement.workflow == label->second.zh;
            if (info != nullptr && info->creates && is_named) found.push_back(workflow);
        }
        return found;
    }

    void command(Statement const& statement) {
        auto const* actor = member(statement.who);
        if (actor == nullptr)
            return differs("one of the cast", "nobody is called " + statement.who);
        auto const workflows = workflows_of(statement);
        if (workflows.empty())
            return differs("'" + statement.instance + "' to be there", "it is not");
        if (workflows.size() > 1)
            return differs("one workflow that begins so",
                           "there are several: say <workflow>." + statement.command);
        auto const* workflow = workflows.front();
        auto const& policy = rehearsal_.policy(workflow->name());
        auto const name = meant(policy, "command", statement.command);
        Fields fields;
        auto const* info = workflow->command(name);
        for (auto const& [word, text] : statement.fields) {
            auto const field = meant(policy, "field", word);
            fields.set(field, value_of(policy, kind_of(info, field), text));
        }
        auto const refusal = rehearsal_.give(*actor, *workflow, statement.instance, name, fields);
        std::string outcome = refusal ? std::string(refusal->code) : "";
        if (outcome != statement.refusal) {
            std::string detail = refusal ? outcome + ": " + refusal->detail : "it was done";
            if (refusal)
                for (auto const& error : refusal->errors) detail += " " + error.detail;
            return differs(statement.refusal.empty() ? "it to be done"
                                                     : "the refusal " + statement.refusal,
                           detail);
        }
        if (!statement.state.empty()) compare(statement.instance, "state", statement.state);
    }

    static FieldKind kind_of(CommandInfo const* info, std::string_view field) {
        if (info != nullptr)
            for (auto const& spec : info->form)
                if (spec.name == field) return spec.kind;
        return FieldKind::text;
    }

    void expect(Statement const& statement) {
        for (auto const& [fact, value] : statement.fields) compare(statement.instance, fact, value);
    }

    static std::string fact_called(Policy const& policy, std::string const& word) {
        if (word == "状态") return "state";
        if (word == "灯色") return "light";
        if (word == "督办") return "supervision";
        return meant(policy, "field", word);
    }

    void compare(std::string const& id, std::string const& word, std::string const& expected) {
        auto const* instance = rehearsal_.find(id);
        if (instance == nullptr) return differs("'" + id + "' to be there", "it is not");
        auto const& policy = rehearsal_.policy(instance->workflow);
        auto const fact = fact_called(policy, word);
        std::string wanted = expected;
        if (fact == "state" || fact == "light" || fact == "supervision")
            wanted = meant(policy, "state", expected);
        else if (policy.labels.contains("field." + fact))
            wanted = meant(policy, "choice", expected);
        auto const actual = look_at(*instance, fact);
        if (actual != wanted) differs(id + "'s " + fact + " to be " + wanted, "it is " + actual);
    }

    std::string look_at(Instance const& instance, std::string_view fact) const {
        auto const& states = instance.states;
        if (fact == "state") return states[0];
        if (fact == "light" && states.size() > 1) return states[1];
        if (fact == "supervision" && states.size() > 2) return states[2];
        if (fact == "version") return std::to_string(instance.version);
        if (fact == "waits_for") {
            Texts turns;
            for (auto const& turn : tested_workflow(instance.workflow)->waits_for(instance))
                turns.push_back(turn.text());
            return text_of(turns);
        }
        if (fact == "history") {
            Texts types;
            for (auto const& event : rehearsal_.history(instance.id)) types.push_back(event.type);
            return join(types);
        }
        auto const* value = instance.facts.find(fact);
        return value ? text_of(*value) : "-";
    }

    Rehearsal& rehearsal_;
    int line_ = 0;
};

} // namespace

std::vector<std::string> act(Scenario const& scenario, Rehearsal& rehearsal) {
    Play play(rehearsal);
    for (auto const& statement : scenario.statements) play.act(statement);
    for (auto const& id : rehearsal.unsound())
        play.findings.push_back(id + " is not the fold of its history");
    return std::move(play.findings);
}

} // namespace banjie::workflows::testing
