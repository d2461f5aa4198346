// The reads of the engine, its start and its end.

#include "engine/commands/reading.hpp"

#include "engine/commands/apart.hpp"
#include "engine/commands/history_room.hpp"
#include "engine/commands/parts.hpp"
#include "engine/invariant.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/json_text.hpp"

#include <algorithm>
#include <thread>

namespace banjie::engine {

workflows::Related related_of(Instance const& instance) {
    return {.id = instance.id,
            .workflow = instance.workflow,
            .state = std::string(instance.state()),
            .region = std::string(instance.facts.text("region")),
            .level = workflows::level_named(instance.facts.text("level")).value_or(Level::county)};
}

Engine::Engine(storage::Store& store, Rulebook const& rulebook, WorldView& world,
               InstanceIndex& index, EventStream& stream, Clock& clock, Random& random)
    : parts_(std::make_unique<Parts>(store, rulebook, world, index, stream, clock, random)) {
    world.look_with([parts = parts_.get()](std::string_view id) {
        auto const found = parts->lanes.durable(id);
        if (!found || !*found) return std::optional<workflows::Related>();
        auto const rules = parts->rulebook.rules();
        auto const* const workflow = rules->workflows.find((*found)->workflow);
        bool const known = workflow != nullptr && !is_private(*workflow, **found);
        return known ? std::optional(related_of(**found)) : std::nullopt;
    });
}

Engine::~Engine() {
    drain();
    parts_->world.look_with(nullptr);
    parts_->stream.complete_with(nullptr);
}

Outcome<void> Engine::load() {
    auto loaded = parts_->index.load(parts_->store, std::thread::hardware_concurrency());
    if (!loaded) return loaded;
    parts_->index.each_highest_number(
        [this](auto prefix, auto counted) { parts_->numbers.used(prefix, counted); });
    if (auto covered = parts_->covered.load(parts_->store); !covered) return covered;
    auto const last_key = parts_->store.last_key();
    if (!last_key) return refusal_of(last_key.error(), "read the keys of personal values");
    parts_->key_numbers.used(*last_key);
    auto const rules = parts_->rulebook.rules();
    for (auto const& indexed : rules->workflows) {
        if (!indexed.workflow->is_kept_at_hand()) continue;
        for (auto const& id : parts_->index.all_of(indexed.workflow->name())) {
            auto const instance = parts_->lanes.durable(id);
            if (!instance) return instance.error();
            if (*instance) parts_->world.put_at_hand(*instance);
        }
    }
    return {};
}

Outcome<std::shared_ptr<Instance const>> Engine::find(Actor const& actor, std::string_view workflow,
                                                      std::string_view id) {
    if (!parts_->index.sees(actor, workflow, id)) return absent_instance(id);
    auto found = parts_->lanes.durable(id);
    if (!found) return found.error();
    auto const rules = parts_->rulebook.rules();
    auto const* const known = rules->workflows.find(workflow);
    if (known == nullptr || !*found || (*found)->workflow != workflow ||
        !may_see(actor, *known, **found))
        return absent_instance(id);
    return std::shared_ptr<Instance const>(std::move(*found));
}

Outcome<std::vector<std::shared_ptr<Instance const>>>
Engine::find_all(Actor const& actor, std::span<std::string const> ids) {
    auto found = parts_->lanes.durable_all(ids);
    if (!found) return found.error();
    auto const rules = parts_->rulebook.rules();
    std::erase_if(*found, [&](auto const& one) {
        auto const* const workflow = one ? rules->workflows.find(one->workflow) : nullptr;
        return workflow == nullptr || !may_see(actor, *workflow, *one);
    });
    return std::move(*found);
}

std::vector<Permission> Engine::explain(Actor const& actor, Instance const& instance) {
    auto const rules = parts_->rulebook.rules();
    auto const* const workflow = rules->workflows.find(instance.workflow);
    auto const policy = rules->policies.find(instance.workflow);
    if (workflow == nullptr || policy == rules->policies.end())
        broken("an instance of a workflow without rules: " + instance.workflow);
    workflows::Context const context{actor, parts_->clock.now(), policy->second, rules->calendar,
                                     parts_->world};
    auto permissions = workflow->explain(instance, context);
    for (Permission& permission : permissions)
        if (!permission.refusal)
            permission.refusal = refuse_for_room(*workflow, instance, permission.command, actor);
    for (Permission& permission : permissions)
        if (!permission.refusal)
            permission.refusal = refuse_for_same_person(parts_->store, policy->second, instance,
                                                        permission.command, actor);
    return permissions;
}

bool Engine::may_create(Actor const& actor, Workflow const& workflow) {
    auto const rules = parts_->rulebook.rules();
    auto const policy = rules->policies.find(workflow.name());
    if (policy == rules->policies.end())
        broken("a workflow without rules: " + std::string(workflow.name()));
    auto const now = parts_->clock.now();
    workflows::Context const context{actor, now, policy->second, rules->calendar, parts_->world};
    auto const fresh = workflow.fresh({}, now);
    for (auto const& command : workflow.commands()) {
        if (!command.creates || command.internal) continue;
        // The workflow checks permission before fields, so any other refusal means that the actor
        // may.
        auto const refusal = workflow.decide(fresh, command.name, {}, context).refusal;
        if (!refusal || refusal->kind != RefusalKind::forbidden) return true;
    }
    return false;
}

Outcome<std::vector<Recorded>> Engine::history(Actor const& actor, std::string_view workflow,
                                               std::string_view id, std::uint64_t after,
                                               std::size_t limit) {
    auto const seen = find(actor, workflow, id);
    if (!seen) return seen.error();
    auto const events = parts_->store.history(id, after, std::min(limit, limits::history_page));
    if (!events) return refusal_of(events.error(), "read the history");
    std::vector<Recorded> history;
    history.reserve(events->size());
    auto const rules = parts_->rulebook.rules();
    auto const* const known = rules->workflows.find(workflow);
    for (auto const& stored : *events) {
        auto& recorded = history.emplace_back(recorded_of(stored.seq, stored.body));
        show_masked(*known, recorded.event.fields);
        show_masked(*known, recorded.event.changes);
        parts_->covered.apply(recorded);
    }
    return history;
}

void Engine::drain() {
    parts_->traffic.wait_until_empty();
}

} // namespace banjie::engine
