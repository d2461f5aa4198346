#pragma once
// The effect that a command would have by the rules: one step for the instance it names, and one
// for each consequence. Planning changes nothing.

#include "engine/commands/lanes.hpp"
#include "engine/index/numbers.hpp"
#include "engine/personal/personal_fields.hpp"
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
    InstancePointer before; // nullptr: the step creates it
    InstancePointer after;
    Event event;
};

/// Ids made for instances to be created; kept when a command is planned again.
using MadeIds = std::vector<std::string>;

struct Plan {
    std::vector<Step> steps; // the commanded instance first
    std::optional<Refusal> refusal;
    /// Commits that the plan depends on and that are not durable yet.
    std::vector<std::shared_ptr<Commit const>> leans_on;
    /// Lanes that must be held in addition. If there are any, nothing is decided: hold them all and
    /// plan again.
    LaneSet missing;
    /// Set if the id made for the new instance is taken: discard the made ids and plan again.
    bool id_is_taken = false;
};

class Planner {
public:
    Planner(Lanes& lanes, storage::Store& store, workflows::World const& world, Numbers& numbers,
            KeyNumbers& key_numbers, Clock& clock, Random& random);

    /// Returns the lane of the instance that the command names. Makes the id of a new instance.
    [[nodiscard]] LaneSet lanes_of(Command const& command, MadeIds& ids);
    /// Plans the command. The caller holds the lanes in `held`.
    [[nodiscard]] Plan plan(Command const& command, Rules const& rules, MadeIds& ids,
                            LaneSet const& held);

private:
    class Draft;
    Lanes& lanes_;
    storage::Store& store_;
    workflows::World const& world_;
    Numbers& numbers_;
    KeyNumbers& key_numbers_;
    Clock& clock_;
    Random& random_;
};

} // namespace banjie::engine
