#include "engine/commands/plan.hpp"

#include "engine/commands/apart.hpp"
#include "engine/commands/history_room.hpp"
#include "engine/invariant.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace banjie::engine {

using workflows::Consequence;
using workflows::Context;
using workflows::Decision;

namespace {

Refusal absent_workflow(std::string const& name) {
    return {"unknown_workflow"_code, "There is no workflow \"" + name + "\".",
            "See the list of workflows."};
}

Refusal taken_id(std::string const& id) {
    return {"instance_exists"_code, "Cannot create \"" + id + "\": it exists already.",
            "Choose another id."};
}

Refusal other_version(std::uint64_t expected, std::uint64_t actual) {
    return {"version_mismatch"_code,
            "It is at version " + std::to_string(actual) + ", not at version " +
                std::to_string(expected) + ".",
            "Read what somebody else has changed, then decide."};
}

Refusal nothing_changes() {
    return {"nothing_changes"_code, "The command would change nothing.",
            "Send a value that differs from the present one."};
}

Refusal too_many_consequences(std::size_t count) {
    return {"too_many_consequences"_code,
            "Cannot change " + std::to_string(count) + " other instances at once: at most " +
                std::to_string(limits::consequences) + " are allowed.",
            "Do it in several parts."};
}

Refusal chain_too_long() {
    return {"chain_too_long"_code,
            "Cannot carry out the command: its consequences would have further consequences.",
            "Tell the maintainer of the program: a table of its workflows is wrong."};
}

/// Returns whether the event repeats known values and nothing follows from it.
bool leaves_as_is(Instance const& instance, Event const& event) {
    auto const is_known = [&instance](auto const& one) {
        auto const* fact = instance.facts.find(one.first);
        return fact ? *fact == one.second : std::holds_alternative<std::monostate>(one.second);
    };
    return event.states == instance.states && event.wake == instance.wake &&
           std::all_of(event.fields.begin(), event.fields.end(), is_known) &&
           std::all_of(event.changes.begin(), event.changes.end(), is_known);
}

} // namespace

/// One attempt to plan.
class Planner::Draft {
public:
    Draft(Planner& planner, Command const& command, Rules const& rules, MadeIds& ids,
          LaneSet const& held)
        : planner_(planner), command_(command), rules_(rules), ids_(ids), held_(held) {}

    Plan take() {
        if (auto decision = decide_commanded()) {
            find_targets(*decision);
            if (!plan_.refusal && plan_.missing.begin() == plan_.missing.end()) move_all(*decision);
        }
        if (plan_.refusal) plan_.steps.clear();
        return std::move(plan_);
    }

private:
    struct Looked {
        std::string id;
        Workflow const* workflow = nullptr;
        Policy const* policy = nullptr;
        InstancePointer before;
        std::optional<Instance> fresh;

        [[nodiscard]] Instance const& instance() const { return before ? *before : *fresh; }
    };

    bool refuse(Refusal refusal) {
        plan_.refusal = std::move(refusal);
        return false;
    }

    bool look_up(Looked& looked, std::string const& workflow) {
        auto const* const found = rules_.workflows.find(workflow);
        if (found == nullptr) return refuse(absent_workflow(workflow));
        auto const policy = rules_.policies.find(workflow);
        if (policy == rules_.policies.end()) broken("no policy for workflow " + workflow);
        looked.workflow = found;
        looked.policy = &policy->second;
        return true;
    }

    /// Finds the state to decide on: the one after an earlier step of this plan, else the current
    /// one.
    bool look_at(Looked& looked) {
        for (auto step = plan_.steps.rbegin(); step != plan_.steps.rend(); ++step) {
            if (step->after->id != looked.id) continue;
            looked.before = step->after;
            return true;
        }
        auto current = planner_.lanes_.current(looked.id);
        if (!current) return refuse(current.error());
        looked.before = std::move(current->instance);
        if (current->leans_on) plan_.leans_on.push_back(std::move(current->leans_on));
        return true;
    }

    [[nodiscard]] Time now_for(Looked const& looked) const {
        Time const now = planner_.clock_.now();
        return looked.before ? std::max(now, looked.before->updated_at) : now;
    }

    Decision decide(Looked& looked, Actor const& actor, std::string_view verb,
                    Fields const& fields) {
        Time const now = now_for(looked);
        if (!looked.before) looked.fresh = looked.workflow->fresh(looked.id, now);
        Context const context{actor, now, *looked.policy, rules_.calendar, planner_.world_};
        Decision decision = looked.workflow->decide(looked.instance(), verb, fields, context);
        if (!decision.refusal)
            decision.refusal = refuse_for_room(*looked.workflow, looked.instance(), verb, actor);
        Event& event = decision.event;
        event.actor = actor.user;
        event.actor_name = actor.display_name;
        event.organisation = actor.organisation;
        event.at = now;
        return decision;
    }

    /// Returns nullopt if the command is refused or must be planned again.
    std::optional<Decision> decide_commanded() {
        bool const creates = command_.instance.empty();
        origin_.id = creates ? ids_.front() : command_.instance;
        if (!look_up(origin_, command_.workflow) || !look_at(origin_)) return std::nullopt;
        if (creates && origin_.before) {
            if (command_.new_id.empty())
                plan_.id_is_taken = true;
            else
                refuse(taken_id(origin_.id));
            return std::nullopt;
        }
        if (!creates && (!origin_.before || origin_.before->workflow != command_.workflow ||
                         !may_see(command_.actor, *origin_.workflow, *origin_.before))) {
            refuse(absent_instance(origin_.id));
            return std::nullopt;
        }
        Decision decision = decide(origin_, command_.actor, command_.verb, command_.fields);
        auto const expected = command_.expected_version;
        auto const version = origin_.instance().version;
        bool const outranked =
            decision.refusal && decision.refusal->kind < RefusalKind::version_mismatch;
        if (expected && *expected != version && !outranked)
            decision.refusal = other_version(*expected, version);
        if (!decision.refusal && changes_nothing(decision)) decision.refusal = nothing_changes();
        if (!decision.refusal)
            decision.refusal =
                refuse_for_same_person(planner_.store_, *origin_.policy, origin_.instance(),
                                       command_.verb, command_.actor);
        if (!decision.refusal) decision.refusal = refuse_for_share(decision.event);
        if (!decision.refusal) return decision;
        refuse(std::move(*decision.refusal));
        return std::nullopt;
    }

    /// Refuses too many additions within a day. A user at that limit may still move the instance
    /// on.
    std::optional<Refusal> refuse_for_share(Event const& event) {
        Instance const& instance = origin_.instance();
        if (command_.actor.has(workflows::Role::system) || event.states != instance.states)
            return std::nullopt;
        return refuse_for_additions(planner_.store_, instance, event.actor, event.at);
    }

    /// Returns whether the command would change nothing. A timer's command always counts as a
    /// change, since it ends the wait.
    bool changes_nothing(Decision const& decision) const {
        return origin_.before && !command_.actor.has(workflows::Role::system) &&
               decision.consequences.empty() && leaves_as_is(*origin_.before, decision.event) &&
               !says_new_personal(*origin_.before, command_.personal);
    }

    /// Gives each consequence the id of its instance, and finds the lanes that are missing for it.
    void find_targets(Decision& decision) {
        auto& consequences = decision.consequences;
        if (consequences.size() > limits::consequences) {
            refuse(too_many_consequences(consequences.size()));
            return;
        }
        std::size_t made = command_.instance.empty() ? 1 : 0;
        for (Consequence& consequence : consequences) {
            if (consequence.instance.empty()) {
                if (made == ids_.size())
                    ids_.push_back(make_id(planner_.clock_.now(), planner_.random_));
                consequence.instance = ids_[made++];
                auto const fact = consequence.remembered_as;
                if (!fact.empty() && !decision.event.changes.has(fact))
                    decision.event.changes.set(fact, consequence.instance);
            }
            LaneNumber const lane = storage::partition_of(consequence.instance);
            if (!held_.has(lane)) plan_.missing.add(lane);
        }
    }

    void move_all(Decision& decision) {
        move(origin_, std::move(decision.event));
        Actor const system = workflows::system_actor();
        for (Consequence const& consequence : decision.consequences) {
            if (!follow(consequence, system)) return;
        }
    }

    bool follow(Consequence const& consequence, Actor const& system) {
        Looked target;
        target.id = consequence.instance;
        if (!look_up(target, consequence.workflow) || !look_at(target)) return false;
        bool const creates =
            std::find(ids_.begin(), ids_.end(), target.id) != ids_.end() && !target.before;
        if (!creates && (!target.before || target.before->workflow != consequence.workflow)) {
            Refusal refusal = absent_instance(target.id);
            refusal.kind = RefusalKind::not_permitted; // the commanded one is not absent
            return refuse(std::move(refusal));
        }
        Decision decision = decide(target, system, consequence.command, consequence.fields);
        if (decision.refusal) {
            // The refusal concerns a consequence, not the commanded instance, so never report 403
            // or 404.
            decision.refusal->kind = std::max(decision.refusal->kind, RefusalKind::not_permitted);
            return refuse(std::move(*decision.refusal));
        }
        if (!decision.consequences.empty()) return refuse(chain_too_long());
        move(target, std::move(decision.event));
        return true;
    }

    void move(Looked const& looked, Event event) {
        auto after = std::make_shared<Instance>(looked.instance());
        workflows::apply(*after, event);
        if (!looked.before) give_number(*looked.workflow, *after, event);
        std::span<PersonalValue const> values;
        if (plan_.steps.empty()) values = command_.personal;
        settle_key(*looked.workflow, values, planner_.store_.keyring(), planner_.key_numbers_,
                   *after, event);
        plan_.steps.push_back({looked.before, std::move(after), std::move(event)});
    }

    /// Gives the new instance its number. Numbers given to a discarded plan are not reused: gaps
    /// are allowed.
    void give_number(Workflow const& workflow, Instance& created, Event& event) {
        auto const prefix = number_prefix(workflow, created.facts, created.created_at);
        if (prefix.empty()) return;
        event.number = planner_.numbers_.next(prefix);
        created.number = event.number;
    }

    Planner& planner_;
    Command const& command_;
    Rules const& rules_;
    MadeIds& ids_;
    LaneSet const& held_;
    Looked origin_;
    Plan plan_;
};

Planner::Planner(Lanes& lanes, storage::Store& store, workflows::World const& world,
                 Numbers& numbers, KeyNumbers& key_numbers, Clock& clock, Random& random)
    : lanes_(lanes), store_(store), world_(world), numbers_(numbers), key_numbers_(key_numbers),
      clock_(clock), random_(random) {}

LaneSet Planner::lanes_of(Command const& command, MadeIds& ids) {
    std::string id = command.instance;
    if (id.empty()) {
        id = command.new_id.empty() ? make_id(clock_.now(), random_) : command.new_id;
        ids.push_back(id);
    }
    LaneSet lanes;
    lanes.add(storage::partition_of(id));
    return lanes;
}

Plan Planner::plan(Command const& command, Rules const& rules, MadeIds& ids, LaneSet const& held) {
    return Draft(*this, command, rules, ids, held).take();
}

} // namespace banjie::engine
