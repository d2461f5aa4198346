#pragma once
// What a command would do by the rules: one step for the instance it names, one for each
// consequence. Nothing is changed by planning.

#include "engine/commands/lanes.hpp"
#include "engine/index/numbers.hpp"
#include "engine/ports.hpp"
#include "engine/rules/rulebook.hpp"
#include "workflows/contract/world.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace banjie::engine {

/// One event of one instance.
struct Step {
    InstancePointer before; // nullptr: it is created
    InstancePointer after;
    Event event;
};

/// Ids that have been made for instances to be created; kept when a command is planned again.
using MadeIds = std::vector<std::string>;

struct Plan {
    std::vector<Step> steps; // the commanded instance first
    std::optional<Refusal> refusal;
    /// The commits that the plan rests on and that are not durable yet.
    std::vector<std::shared_ptr<Commit const>> leans_on;
    /// Lanes that must be held besides: nothing has been decided, hold them all and plan again.
    LaneSet missing;
    /// The id made for the new instance is taken: forget the made ids and plan again.
    bool id_is_taken = false;
};

class Planner {
public:
    Planner(Lanes& lanes, storage::Store& store, workflows::World const& world, Numbers& numbers,
            Clock& clock, Random& random);

    /// The lanes of what the command names; makes the id of what it creates.
    [[nodiscard]] LaneSet lanes_of(Command const& command, MadeIds& ids);
    /// The caller holds `held`.
    [[nodiscard]] Plan plan(Command const& command, Rules const& rules, MadeIds& ids,
                            LaneSet const& held);

private:
    class Draft;
    Lanes& lanes_;
    storage::Store& store_;
    workflows::World const& world_;
    Numbers& numbers_;
    Clock& clock_;
    Random& random_;
};

} // namespace banjie::engine
