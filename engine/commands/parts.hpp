#pragma once
// Private parts of the engine, shared by engine.cpp (commands), reading.cpp and wakes.cpp. Included
// only by them.

#include "engine/commands/engine.hpp"
#include "engine/commands/lanes.hpp"
#include "engine/commands/passage.hpp"
#include "engine/commands/plan.hpp"
#include "engine/commands/wakes.hpp"
#include "engine/once/keys_under_way.hpp"
#include "engine/personal/covered_texts.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>

namespace banjie::engine {

using PassagePointer = std::shared_ptr<Passage>;

/// Counter of the commands in flight.
class Traffic {
public:
    void enter();
    void leave();
    void wait_until_empty();

private:
    std::mutex mutex_;
    std::condition_variable empty_;
    std::size_t under_way_ = 0;
};

struct Engine::Parts {
    Parts(storage::Store& the_store, Rulebook const& the_rulebook, WorldView& the_world,
          InstanceIndex& the_index, EventStream& the_stream, Clock& the_clock, Random& the_random);

    /// Returns false if the key is already known; the answer has been or will be sent.
    [[nodiscard]] bool admit(PassagePointer const& passage);
    [[nodiscard]] Outcome<Reply> repeated(std::string_view remembered);
    [[nodiscard]] storage::Batch batch_of(Passage& passage, std::vector<Step> steps);
    void refuse(PassagePointer const& passage, Plan plan);
    void complete(PassagePointer const& passage, storage::Result<storage::Committed> const& result);
    void make_known(Passage& passage, storage::Committed const& committed);
    void arrive(PassagePointer const& passage);
    void tell(Passage& passage);
    /// Returns the command that this instance waits for, if its time has come.
    [[nodiscard]] std::optional<Command> wake_of(std::string const& id, Time now);

    storage::Store& store;
    Rulebook const& rulebook;
    WorldView& world;
    InstanceIndex& index;
    EventStream& stream;
    Clock& clock;
    Random& random;
    Lanes lanes;
    Numbers numbers;
    KeyNumbers key_numbers;
    CoveredTexts covered;
    Planner planner;
    KeysUnderWay<PassagePointer> keys;
    Traffic traffic;
    RefusedWakes refused_wakes;
};

} // namespace banjie::engine
