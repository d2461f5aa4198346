// Submission of the wake commands that are due.

#include "engine/commands/wakes.hpp"

#include "engine/commands/parts.hpp"
#include "engine/limits.hpp"

#include <atomic>
#include <future>
#include <utility>

namespace banjie::engine {

namespace {

constexpr std::chrono::minutes pause_after_refusal{1};

} // namespace

void RefusedWakes::put(std::string const& id, std::uint64_t version, Time until) {
    std::lock_guard const lock(mutex_);
    refused_[id] = {version, until};
}

bool RefusedWakes::blocks(std::string const& id, std::uint64_t version) const {
    std::lock_guard const lock(mutex_);
    auto const found = refused_.find(id);
    return found != refused_.end() && found->second.version == version;
}

std::size_t RefusedWakes::forget_old(Time now) {
    std::lock_guard const lock(mutex_);
    std::erase_if(refused_, [now](auto const& one) {
        auto const until = one.second.until;
        return until <= now || until > now + pause_after_refusal; // the clock was set back
    });
    return refused_.size();
}

std::optional<Command> Engine::Parts::wake_of(std::string const& id, Time now) {
    auto const found = lanes.durable(id);
    if (!found || !*found) return std::nullopt;
    Instance const& instance = **found;
    if (!instance.wake || instance.wake->at > now) return std::nullopt;
    if (refused_wakes.blocks(id, instance.version)) return std::nullopt;
    return Command{.actor = workflows::system_actor(),
                   .workflow = instance.workflow,
                   .instance = id,
                   .verb = instance.wake->command,
                   .fields = {},
                   .expected_version = instance.version};
}

namespace {

/// A turn in flight. The command that closes it last reports it.
struct OpenTurn {
    std::function<void(Engine::Turn)> done;
    std::optional<Time> next;
    std::atomic<std::size_t> open{1}; // 1 for the submission itself
    std::atomic<std::size_t> fired{0};
};

} // namespace

void Engine::wake_due(std::function<void(Turn)> done) {
    auto& parts = *parts_;
    Time const now = parts.clock.now();
    // Refused commands stay due, so ask for that many more.
    auto const refused = parts.refused_wakes.forget_old(now);
    auto const due = parts.index.due(now, limits::wakes_per_turn + refused);
    auto const turn = std::make_shared<OpenTurn>();
    turn->done = std::move(done);
    turn->next = due.second;
    auto const close_one = [&parts, turn, now] {
        if (--turn->open > 0) return;
        auto const fired = turn->fired.load();
        turn->done({fired, fired > 0 ? parts.index.due(now, 1).second : turn->next});
    };
    for (auto const& id : due.first) {
        auto command = parts.wake_of(id, now);
        if (!command) continue;
        ++turn->open;
        auto const version = *command->expected_version;
        execute(std::move(*command),
                [&parts, turn, close_one, id, version, now](Outcome<Reply> const& reply) {
                    if (reply)
                        ++turn->fired;
                    else
                        parts.refused_wakes.put(id, version, now + pause_after_refusal);
                    close_one();
                });
    }
    close_one();
}

Engine::Turn Engine::wake_due() {
    auto const promise = std::make_shared<std::promise<Turn>>();
    auto future = promise->get_future();
    wake_due([promise](Turn turn) { promise->set_value(turn); });
    return future.get();
}

} // namespace banjie::engine
