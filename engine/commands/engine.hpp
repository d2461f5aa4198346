#pragma once
// ORDER: takes a command through authorisation, rules and one durable commit.
//
// `execute` is the main path and reads as the life of a command. Thread-safe: instances are spread
// over 256 lanes, commands of one instance run one after another in their lane, and never wait for
// the disk: the next command builds on the state before it, and both are told only when they are
// durable.

#include "engine/command.hpp"
#include "engine/commands/world_view.hpp"
#include "engine/events/event_stream.hpp"
#include "engine/index/instance_index.hpp"
#include "engine/ports.hpp"
#include "engine/rules/rulebook.hpp"
#include "storage/store.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace banjie::engine {

class Engine {
public:
    /// References must outlive the engine. Call `load` before anything else.
    Engine(storage::Store& store, Rulebook const& rulebook, WorldView& world, InstanceIndex& index,
           EventStream& stream, Clock& clock, Random& random);
    ~Engine();
    Engine(Engine const&) = delete;
    Engine& operator=(Engine const&) = delete;

    /// Fills the index (and with it the timers and rounds) from the store.
    [[nodiscard]] Outcome<void> load();

    /// Runs one command. `done` hears of it once, when it is durable.
    void execute(Command command, Done done);
    /// The same, waiting. Not for a thread that must not block.
    [[nodiscard]] Outcome<Reply> execute(Command command);

    /// The latest durable state, if this actor may see it; else refused with `not_found`.
    [[nodiscard]] Outcome<std::shared_ptr<Instance const>>
    find(Actor const& actor, std::string_view workflow, std::string_view id);
    /// Several at once, in order, without those that are gone; for pages of a list.
    [[nodiscard]] Outcome<std::vector<std::shared_ptr<Instance const>>>
    find_all(Actor const& actor, std::span<std::string const> ids);

    /// What this actor may do with it now, and why not the rest.
    [[nodiscard]] std::vector<Permission> explain(Actor const& actor, Instance const& instance);

    /// Returns whether this actor may give the command of people that creates an instance. What
    /// would be filled in is not looked at.
    [[nodiscard]] bool may_create(Actor const& actor, Workflow const& workflow);

    [[nodiscard]] Outcome<std::vector<Recorded>> history(Actor const& actor,
                                                         std::string_view workflow,
                                                         std::string_view id, std::uint64_t after,
                                                         std::size_t limit);

    struct Turn {
        std::size_t fired = 0;    // how many were carried out
        std::optional<Time> next; // when the next one is
    };
    /// Gives every command whose wake time has come, at most limits::wakes_per_turn, all at once:
    /// they share synced writes. `done` hears of the turn once, when the last of them is told.
    void wake_due(std::function<void(Turn)> done);
    /// The same, waiting. Called by `Timers`, or by a test that drives the clock.
    Turn wake_due();

    /// Returns when nothing is under way any more: everything accepted is durable and told. Not to
    /// be called from a `Done`.
    void drain();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace banjie::engine
