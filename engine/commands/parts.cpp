#include "engine/commands/parts.hpp"

namespace banjie::engine {

void Traffic::enter() {
    std::lock_guard const lock(mutex_);
    ++under_way_;
}

void Traffic::leave() {
    std::lock_guard const lock(mutex_);
    if (--under_way_ == 0) empty_.notify_all();
}

void Traffic::wait_until_empty() {
    std::unique_lock lock(mutex_);
    empty_.wait(lock, [this] { return under_way_ == 0; });
}

Engine::Parts::Parts(storage::Store& the_store, Rulebook const& the_rulebook, WorldView& the_world,
                     InstanceIndex& the_index, EventStream& the_stream, Clock& the_clock,
                     Random& the_random)
    : store(the_store), rulebook(the_rulebook), world(the_world), index(the_index),
      stream(the_stream), clock(the_clock), random(the_random), lanes(the_store),
      key_numbers(the_store.keyring()),
      planner(lanes, the_store, the_world, numbers, key_numbers, the_clock, the_random) {
    lanes.complete_with([this](Instance& instance) {
        if (instance.number.empty()) instance.number = index.number_of(instance.id);
        if (auto const* workflow = rulebook.rules()->workflows.find(instance.workflow))
            show_masked(*workflow, store.keyring(), instance);
    });
    stream.complete_with([this](std::string_view name, nlohmann::json& event) {
        auto const* const workflow = rulebook.rules()->workflows.find(name);
        if (workflow == nullptr) return false;
        bool const is_masked = show_masked(*workflow, event);
        return covered.apply(event) || is_masked;
    });
}

} // namespace banjie::engine
