#include "engine/commands/engine.hpp"

#include "engine/commands/parts.hpp"
#include "engine/invariant.hpp"
#include "engine/jurisdiction.hpp"
#include "engine/limits.hpp"
#include "engine/once/replies.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <future>
#include <utility>

namespace banjie::engine {

/// Runs one command from admission to its commit.
void Engine::execute(Command command, Done done) {
    Parts& parts = *parts_;
    auto const passage =
        std::make_shared<Passage>(std::move(command), std::move(done), parts.rulebook.rules());
    parts.traffic.enter();

    // Personal values leave the command before anything keeps it.
    if (auto const* known = passage->rules->workflows.find(passage->command.workflow))
        take_personal(passage->command, *known);

    // A repeated command gets its first reply and has no other effect.
    if (!parts.admit(passage)) return;

    MadeIds ids;
    LaneSet held = parts.planner.lanes_of(passage->command, ids);
    for (bool decided = false; !decided;) {
        // The commands of one instance run one after another.
        Lanes::Hold const hold(parts.lanes, held);

        // Checks whether this actor may see it and whether the rules permit it, and finds the
        // consequences.
        Plan plan = parts.planner.plan(passage->command, *passage->rules, ids, held);
        if (plan.id_is_taken) {
            ids.clear();
            held = parts.planner.lanes_of(passage->command, ids);
            continue;
        }
        if (!plan.missing.empty()) {
            for (LaneNumber const lane : plan.missing) held.add(lane);
            continue;
        }
        if (plan.refusal) {
            parts.refuse(passage, std::move(plan));
            break;
        }

        // One batch holds instances, events, index entries and reply. The caller is answered once
        // the batch is durable; the next command in the lane does not wait for that.
        storage::Batch batch = parts.batch_of(*passage, std::move(plan.steps));
        decided = parts.lanes.install(passage->commit);
        if (!decided) continue;
        parts.store.commit(std::move(batch),
                           [&parts, passage](storage::Result<storage::Committed> const& result) {
                               parts.complete(passage, result);
                           });
    }
    parts.arrive(passage);
}

Outcome<Reply> Engine::execute(Command command) {
    std::promise<Outcome<Reply>> promise;
    auto future = promise.get_future();
    execute(std::move(command),
            [&promise](Outcome<Reply> outcome) { promise.set_value(std::move(outcome)); });
    return future.get();
}

namespace {

/// Returns the stored reply: version " " id. Its grammar must never change.
std::string remembered_text(Instance const& instance) {
    return std::to_string(instance.version) + " " + instance.id;
}

std::string canonical_request(Command const& command) {
    return command.workflow + "\n" + command.instance + "\n" + command.verb + "\n" +
           fields_text(command.fields);
}

Refusal overlong_key() {
    return {"idempotency_key_too_long"_code,
            "The idempotency key is longer than " + std::to_string(limits::key_characters) +
                " characters.",
            "Use a UUID.",
            {{"Idempotency-Key", "too_long"_code, "The key is too long."}}};
}

} // namespace

bool Engine::Parts::admit(PassagePointer const& passage) {
    Command const& command = passage->command;
    std::string const& key = command.idempotency_key;
    auto const answer = [this, &passage](Outcome<Reply> outcome) {
        passage->outcome = std::move(outcome);
        tell(*passage);
        return false;
    };
    if (!command.instance.empty() && !index.sees(command.actor, command.workflow, command.instance))
        return answer(absent_instance(command.instance));
    if (key.empty()) return true;
    if (key.size() > limits::key_characters) return answer(overlong_key());
    passage->request = canonical_request(command) + personal_digests(command, store.keyring());
    using Claim = KeysUnderWay<PassagePointer>::Claim;
    switch (keys.claim(command.actor.user, key, passage->request, passage)) {
    case Claim::first:
        break;
    case Claim::waits:
        return false;
    case Claim::reused:
        return answer(reused_key(key));
    }
    passage->holds_key = true;
    auto const remembered = recall(store, command.actor.user, key, passage->request);
    if (!remembered) return answer(remembered.error());
    if (!*remembered) return true;
    auto reply = repeated(**remembered);
    // If the caller may no longer see the instance, repeating the key must not reveal it.
    auto const* const workflow = passage->rules->workflows.find(command.workflow);
    if (reply && (workflow == nullptr || !may_see(command.actor, *workflow, *reply->instance)))
        return answer(absent_instance(reply->instance->id));
    return answer(std::move(reply));
}

Outcome<Reply> Engine::Parts::repeated(std::string_view remembered) {
    auto const space = remembered.find(' ');
    std::uint64_t version = 0;
    std::from_chars(remembered.data(), remembered.data() + space, version);
    std::string const id(remembered.substr(space + 1));
    auto latest = lanes.durable(id);
    if (!latest) return latest.error();
    if (*latest && (*latest)->version == version) return Reply{*latest, true};
    auto then = std::make_shared<Instance>();
    while (then->version < version) {
        auto const events =
            store.history(id, then->version,
                          std::min<std::size_t>(limits::history_page, version - then->version));
        if (!events) return refusal_of(events.error());
        for (storage::StoredEvent const& stored : *events) {
            Recorded recorded = recorded_of(stored.seq, stored.body);
            covered.apply(recorded);
            then->id = recorded.subject;
            then->workflow = recorded.workflow;
            workflows::apply(*then, recorded.event);
        }
        if (auto const* known = rulebook.rules()->workflows.find(then->workflow))
            show_masked(*known, store.keyring(), *then);
        if (events->empty()) broken("a remembered reply names a version that has no history");
    }
    return Reply{std::move(then), true};
}

storage::Batch Engine::Parts::batch_of(Passage& passage, std::vector<Step> steps) {
    storage::Batch batch;
    auto commit = std::make_shared<Commit>();
    passage.events.clear();
    passage.coverings.clear();
    std::span<PersonalValue const> values = passage.command.personal; // of the first step
    for (Step& step : steps) {
        Instance const& after = *step.after;
        auto const* const indexed = passage.rules->workflows.indexed(after.workflow);
        if (indexed == nullptr) broken("a step of an unknown workflow: " + after.workflow);
        auto entry = index_entry_of(*indexed, after);
        auto event = std::make_shared<StreamEvent>();
        event->subject = after.id;
        event->workflow = after.workflow;
        event->seen_by = codes_of(entry.seen_by);
        event->text = event_text(after, step.event, event->seen_by);
        batch.changes.push_back({after.id, after.version - 1,
                                 instance_text(*indexed->workflow, after), encode(entry),
                                 event->text});
        passage.events.push_back(std::move(event));
        add_sealed(batch, *indexed->workflow, values, step.before.get(), after, step.event,
                   store.keyring(), random);
        values = {};
        if (auto const* command = indexed->workflow->command(step.event.command))
            for (auto& covering : coverings_of(*command, step.before.get(), after, step.event)) {
                batch.documents.push_back(document_of(covering));
                passage.coverings.push_back(std::move(covering));
            }
        auto const known =
            std::find_if(commit->touches.begin(), commit->touches.end(),
                         [&after](Touch const& touch) { return touch.after->id == after.id; });
        if (known == commit->touches.end()) {
            commit->touches.push_back(
                {.before = std::move(step.before), .after = step.after, .entry = std::move(entry)});
        } else {
            known->after = step.after;
            known->entry = std::move(entry);
        }
    }
    passage.commit = std::move(commit);
    if (passage.holds_key)
        batch.reply =
            remember(passage.command.actor.user, passage.command.idempotency_key, passage.request,
                     remembered_text(*passage.commit->touches.front().after), clock.now());
    return batch;
}

void Engine::Parts::refuse(PassagePointer const& passage, Plan plan) {
    passage->outcome = std::move(*plan.refusal);
    if (plan.leans_on.empty()) {
        arrive(passage);
        return;
    }
    // The refusal may rest on commits that are not durable yet. After this barrier all of them have
    // completed; without it the refusal might be based on a commit that was later rolled back.
    store.commit({}, [this, passage, leans_on = std::move(plan.leans_on)](
                         storage::Result<storage::Committed> const& barrier) {
        if (!barrier) passage->outcome = refusal_of(barrier.error());
        for (auto const& commit : leans_on)
            if (commit->failure) passage->outcome = *commit->failure;
        arrive(passage);
    });
}

void Engine::Parts::complete(PassagePointer const& passage,
                             storage::Result<storage::Committed> const& result) {
    Commit& commit = *passage->commit;
    if (result) {
        make_known(*passage, *result);
        lanes.settle(commit);
        passage->outcome = Reply{commit.touches.front().after};
    } else {
        storage::Failure const& failure = result.error();
        bool const explained = failure.fault != storage::Fault::conflict;
        passage->outcome =
            lanes.take_back(commit, explained ? std::optional(refusal_of(failure)) : std::nullopt);
    }
    arrive(passage);
}

void Engine::Parts::make_known(Passage& passage, storage::Committed const& committed) {
    for (Touch const& touch : passage.commit->touches) {
        index.put(touch.before.get(), touch.after->id, touch.entry);
        auto const* const workflow = passage.rules->workflows.find(touch.after->workflow);
        if (workflow->is_kept_at_hand()) world.put_at_hand(touch.after);
    }
    for (auto const& covering : passage.coverings) {
        covered.cover(covering);
        stream.complete_again(covering.instance);
    }
    std::vector<std::shared_ptr<StreamEvent const>> events;
    std::uint64_t seq = committed.first_seq;
    for (auto& event : passage.events) {
        event->seq = seq++;
        events.push_back(std::move(event));
    }
    stream.publish(std::move(events));
}

void Engine::Parts::arrive(PassagePointer const& passage) {
    if (passage->arrive_second()) tell(*passage);
}

void Engine::Parts::tell(Passage& passage) {
    std::vector<PassagePointer> waiting;
    if (passage.holds_key)
        waiting = keys.release(passage.command.actor.user, passage.command.idempotency_key);
    for (PassagePointer const& other : waiting) {
        Outcome<Reply> same = *passage.outcome;
        if (same) same->repeated = true;
        other->done(std::move(same));
        traffic.leave();
    }
    passage.done(std::move(*passage.outcome));
    traffic.leave();
}

} // namespace banjie::engine
