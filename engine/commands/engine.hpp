#pragma once
// ORDER: takes a command through authorisation, rules and one durable commit.
//
// `execute` is the main path and shows the life of a command. Thread-safe. Instances are spread
// over 256 lanes; the commands of one instance run one after another in their lane. They never wait
// for the disk: the next command builds on the state before it, and each caller is answered only
// once its batch is durable.

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
    /// Keeps the references, which must outlive the engine. Call `load` before anything else.
    Engine(storage::Store& store, Rulebook const& rulebook, WorldView& world, InstanceIndex& index,
           EventStream& stream, Clock& clock, Random& random);
    ~Engine();
    Engine(Engine const&) = delete;
    Engine& operator=(Engine const&) = delete;

    /// Fills the index from the store, and with it the timers and rounds.
    [[nodiscard]] Outcome<void> load();

    /// Runs one command. Calls `done` once, when the batch is durable or the command is refused.
    void execute(Command command, Done done);
    /// Blocking overload of the above. Do not call it on a thread that must not block.
    [[nodiscard]] Outcome<Reply> execute(Command command);

    /// Returns the latest durable state if this actor may see it. Refuses with `not_found`
    /// otherwise.
    [[nodiscard]] Outcome<std::shared_ptr<Instance const>>
    find(Actor const& actor, std::string_view workflow, std::string_view id);
    /// Returns several instances in the order of `ids`, without those that are absent or that the
    /// actor may not see. For pages of a list.
    [[nodiscard]] Outcome<std::vector<std::shared_ptr<Instance const>>>
    find_all(Actor const& actor, std::span<std::string const> ids);

    /// Returns what this actor may do with the instance now, and why not the rest.
    [[nodiscard]] std::vector<Permission> explain(Actor const& actor, Instance const& instance);

    /// Returns whether this actor may give a command of people that creates an instance. Does not
    /// check the fields.
    [[nodiscard]] bool may_create(Actor const& actor, Workflow const& workflow);

    [[nodiscard]] Outcome<std::vector<Recorded>> history(Actor const& actor,
                                                         std::string_view workflow,
                                                         std::string_view id, std::uint64_t after,
                                                         std::size_t limit);

    struct Turn {
        std::size_t fired = 0;    // number of commands carried out
        std::optional<Time> next; // time of the next wake
    };
    /// Submits every due wake command, at most limits::wakes_per_turn, in one burst, so that they
    /// share synced writes. Calls `done` once, when the last of them has been answered.
    void wake_due(std::function<void(Turn)> done);
    /// Blocking overload of the above. Called by `Timers`, and by tests that drive the clock.
    Turn wake_due();

    /// Blocks until no command is in flight: everything accepted is durable and answered. Do not
    /// call it from a `Done`.
    void drain();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace banjie::engine
