#include "workflows/contract/instance.hpp"

namespace banjie::workflows {

void apply(Instance& instance, Event const& event) {
    if (instance.version == 0) instance.created_at = event.at;
    instance.version += 1;
    instance.states = event.states;
    instance.facts.merge(event.changes);
    instance.wake = event.wake;
    instance.updated_at = event.at;
    if (!event.number.empty()) instance.number = event.number;
    if (event.key) instance.key = *event.key;
}

} // namespace banjie::workflows
