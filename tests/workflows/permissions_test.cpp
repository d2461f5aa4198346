// Every (state, command, person): accepted, or refused with which code.

#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/calendar_file.hpp"
#include "tests/workflows/cast.hpp"
#include "tests/workflows/pinned.hpp"
#include "tests/workflows/policy_file.hpp"
#include "tests/workflows/sample.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace banjie::workflows;
using namespace banjie::workflows::testing;

namespace {

struct Trial {
    explicit Trial(Workflow const& given)
        : workflow(given), policy(policy_file(given.name())), calendar(shipped_calendar()) {}

    Context context_of(Actor const& actor) const {
        return {actor, sample_time(), policy, calendar, world};
    }
    /// "ok", or the code of the refusal.
    std::string outcome(Instance const& instance, CommandInfo const& command,
                        Actor const& actor) const {
        auto const decision =
            workflow.decide(instance, command.name, sample_form(command), context_of(actor));
        return decision.refusal ? std::string(decision.refusal->code) : "ok";
    }

    Workflow const& workflow;
    Policy policy;
    Calendar calendar;
    SampleWorld world;
};

/// "ok: county, city | forbidden: the others"
std::string line_of(std::map<std::string, Texts> const& groups) {
    if (groups.size() == 1) return groups.begin()->first + ": everybody";
    std::string most;
    for (auto const& [outcome, people] : groups)
        if (outcome != "ok" && (most.empty() || people.size() > groups.at(most).size()))
            most = outcome;
    std::string line;
    auto const say = [&](std::string const& outcome) {
        line += (line.empty() ? "" : " | ") + outcome + ":";
        if (outcome == most) {
            line += " the others";
            return;
        }
        bool first = true;
        for (auto const& name : groups.at(outcome)) {
            line += (first ? " " : ", ") + name;
            first = false;
        }
    };
    if (groups.contains("ok")) say("ok");
    for (auto const& [outcome, people] : groups)
        if (outcome != "ok" && outcome != most) say(outcome);
    say(most);
    return line;
}

std::string table_of(Trial const& trial) {
    std::string text = "# " + std::string(trial.workflow.name()) +
                       ": in each state, each command: who may give it, and why others may not.\n"
                       "# Written by the tests (BANJIE_PIN=1); people and sample are in "
                       "tests/workflows/{cast,sample}.cpp.\n";
    for (auto const& state : trial.workflow.states()) {
        auto const instance = sample_instance(trial.workflow, state);
        text += "\n[" + std::string(state.name) +
                (state.region > 0 ? " beside " + instance.states.front() : "") + "]\n";
        for (auto const& command : trial.workflow.commands()) {
            std::map<std::string, Texts> groups;
            for (auto const& one : cast())
                groups[trial.outcome(instance, command, one.actor)].push_back(one.name);
            std::string name(command.name);
            name.resize(std::max<std::size_t>(name.size(), 20), ' ');
            text += name + " " + line_of(groups) + "\n";
        }
    }
    return text;
}

} // namespace

TEST_CASE("who may do what, in which state, is as pinned") {
    for (auto const* workflow : tested_workflows())
        check_pinned("permissions/" + std::string(workflow->name()) + ".txt",
                     table_of(Trial(*workflow)));
}

TEST_CASE("what is explained beforehand agrees with what is decided") {
    int permitted = 0;
    for (auto const* workflow : tested_workflows()) {
        Trial const trial(*workflow);
        for (auto const& state : workflow->states()) {
            auto const instance = sample_instance(*workflow, state);
            for (auto const& one : cast()) {
                for (auto const& told : workflow->explain(instance, trial.context_of(one.actor))) {
                    auto const& command = *workflow->command(told.command);
                    auto const outcome = trial.outcome(instance, command, one.actor);
                    INFO(workflow->name(), " ", state.name, " ", told.command, " ", one.name);
                    if (told.refusal) CHECK(outcome == told.refusal->code);
                    if (outcome == "ok") CHECK_FALSE(told.refusal);
                    permitted += outcome == "ok";
                }
            }
        }
    }
    CHECK(permitted > 100);
}

TEST_CASE("a command that was done leads to a state of its row, and asks only for what exists") {
    for (auto const* workflow : tested_workflows()) {
        Trial const trial(*workflow);
        for (auto const& state : workflow->states()) {
            auto const instance = sample_instance(*workflow, state);
            for (auto const& command : workflow->commands()) {
                for (auto const& one : cast()) {
                    auto const decision = workflow->decide(
                        instance, command.name, sample_form(command), trial.context_of(one.actor));
                    if (decision.refusal) continue;
                    INFO(workflow->name(), " ", state.name, " ", command.name, " ", one.name);
                    bool led = false;
                    for (auto const& row : workflow->rows())
                        for (auto const& after : decision.event.states)
                            led = led || (row.command == command.name && row.target == after);
                    CHECK(led);
                    CHECK(decision.event.type == command.event);
                    CHECK(decision.event.states.front() != "new");
                    for (auto const& next : decision.consequences) {
                        auto const* other = tested_workflow(next.workflow);
                        REQUIRE(other != nullptr);
                        auto const* wanted = other->command(next.command);
                        REQUIRE(wanted != nullptr);
                        CHECK(check_fields(wanted->form, next.fields).empty());
                    }
                    Instance after = instance;
                    apply(after, decision.event);
                    for (auto const& turn : workflow->waits_for(after))
                        CHECK(Address::from(turn.text()) == turn);
                    if (decision.event.wake)
                        CHECK(workflow->command(decision.event.wake->command) != nullptr);
                }
            }
        }
    }
}
