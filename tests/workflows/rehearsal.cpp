#include "tests/workflows/rehearsal.hpp"

#include "tests/workflows/added/registry.hpp"
#include "tests/workflows/calendar_file.hpp"
#include "tests/workflows/cast.hpp"
#include "tests/workflows/policy_file.hpp"

#include <doctest/doctest.h>

namespace banjie::workflows::testing {

namespace {

/// The instance remembers what its workflow lists, and nothing else.
void check_facts(Workflow const& workflow, Instance const& instance) {
    std::size_t known = 0;
    for (auto const& fact : workflow.facts()) {
        bool const there = instance.facts.has(fact.name);
        known += there ? 1 : 0;
        CHECK_MESSAGE((there || !fact.required), instance.id, " lacks ", fact.name);
    }
    CHECK_MESSAGE(known == instance.facts.size(), instance.id, " has facts that are not listed");
}

} // namespace

Rehearsal::Rehearsal() : calendar_(shipped_calendar()) {
    for (auto const* workflow : tested_workflows())
        policies_.emplace(workflow->name(), policy_file(workflow->name()));
}

Policy const& Rehearsal::policy(std::string_view workflow) const {
    return policies_.find(workflow)->second;
}

bool Rehearsal::set_limit(std::string_view workflow, std::string const& limit, int number) {
    auto& limits = policies_.find(workflow)->second.limits;
    auto const found = limits.find(limit);
    if (found == limits.end()) return false;
    found->second = number;
    return true;
}

void Rehearsal::advance_to(Time time) {
    REQUIRE_MESSAGE(time >= now_, "the clock never goes back");
    for (int fired = 0; fired < 1'000; ++fired) {
        Record const* next = nullptr;
        for (auto const& [id, record] : records_) {
            auto const& wake = record.instance.wake;
            if (wake && wake->at <= time && (!next || wake->at < next->instance.wake->at))
                next = &record;
        }
        if (next == nullptr) {
            now_ = time;
            return;
        }
        Instance const asleep = next->instance;
        now_ = std::max(now_, asleep.wake->at);
        auto const refusal = give(system_actor(), *tested_workflow(asleep.workflow), asleep.id,
                                  asleep.wake->command, {});
        REQUIRE_MESSAGE(!refusal, asleep.id, " woke in vain: ", refusal->detail);
    }
    FAIL("a wake fires for ever");
}

std::optional<Refusal> Rehearsal::give(Actor const& actor, Workflow const& workflow,
                                       std::string const& id, std::string_view command,
                                       Fields const& fields) {
    Records records = records_; // what is refused half way changes nothing
    if (auto refusal = move(records, actor, workflow, id, command, fields)) return refusal;
    records_ = std::move(records);
    return std::nullopt;
}

std::optional<Refusal> Rehearsal::move(Records& records, Actor const& actor,
                                       Workflow const& workflow, std::string const& id,
                                       std::string_view command, Fields const& fields) {
    auto const known = records.find(id);
    Record record =
        known != records.end() ? known->second : Record{workflow.fresh(id, now_), now_, {}};
    Context const context{actor, now_, policy(workflow.name()), calendar_, *this};
    Decision decision = workflow.decide(record.instance, command, fields, context);
    if (decision.refusal) return decision.refusal;
    Event& event = decision.event;
    event.actor = actor.user;
    event.actor_name = actor.display_name;
    event.organisation = actor.organisation;
    event.at = now_;
    int made = 0;
    for (auto& consequence : decision.consequences) {
        if (!consequence.instance.empty()) continue;
        consequence.instance = id + "." + std::to_string(++made);
        auto const fact = consequence.remembered_as;
        if (!fact.empty() && made == 1) event.changes.set(fact, consequence.instance);
    }
    apply(record.instance, event);
    check_facts(workflow, record.instance);
    record.events.push_back(std::move(event));
    records.insert_or_assign(id, std::move(record));
    for (auto const& next : decision.consequences) {
        auto const* demanded = workflow.command(command);
        bool const is_declared = std::any_of(
            demanded->demands.begin(), demanded->demands.end(), [&](DemandInfo const& demand) {
                return demand.workflow == next.workflow && demand.command == next.command;
            });
        CHECK_MESSAGE(is_declared, command, " brings about ", next.command, " undeclared");
        if (auto refusal = move(records, system_actor(), *tested_workflow(next.workflow),
                                next.instance, next.command, next.fields))
            return refusal;
    }
    return std::nullopt;
}

Texts Rehearsal::ids() const {
    Texts all;
    for (auto const& [id, record] : records_) all.push_back(id);
    return all;
}

Instance const* Rehearsal::find(std::string_view id) const {
    auto const found = records_.find(id);
    return found == records_.end() ? nullptr : &found->second.instance;
}

std::vector<Event> const& Rehearsal::history(std::string_view id) const {
    return records_.find(id)->second.events;
}

Texts Rehearsal::unsound() const {
    Texts ids;
    for (auto const& [id, record] : records_) {
        Instance folded = tested_workflow(record.instance.workflow)->fresh(id, record.created_at);
        for (auto const& event : record.events) apply(folded, event);
        if (!(folded == record.instance)) ids.push_back(id);
    }
    return ids;
}

std::optional<Unit> Rehearsal::unit(std::string_view code) const {
    return unit_of(code);
}

std::optional<Unit> Rehearsal::region(std::string_view code) const {
    auto const found = unit_of(code);
    return found && !found->department ? found : std::nullopt;
}

std::shared_ptr<Instance const> Rehearsal::instance_at_hand(std::string_view workflow,
                                                            std::string_view id) const {
    auto const* found = find(id);
    if (found == nullptr || found->workflow != workflow) return nullptr;
    return std::make_shared<Instance>(*found);
}

std::optional<Related> Rehearsal::instance(std::string_view id) const {
    auto const* other = find(id);
    if (other == nullptr) return std::nullopt;
    return Related{other->id, other->workflow, other->states.front(),
                   std::string(other->facts.text("region")),
                   level_named(other->facts.text("level")).value_or(Level::county)};
}

std::int64_t Rehearsal::unfinished(std::string_view workflow, std::string_view tag,
                                   std::string_view value) const {
    std::int64_t count = 0;
    for (auto const& [id, record] : records_) {
        auto const& instance = record.instance;
        auto const* number = instance.facts.find(tag);
        if (instance.workflow != workflow || number == nullptr) continue;
        auto const& state = *tested_workflow(workflow)->state(instance.state());
        if (state.is_private || state.final) continue;
        count += std::to_string(std::get<std::int64_t>(*number)) == value;
    }
    return count;
}

} // namespace banjie::workflows::testing
