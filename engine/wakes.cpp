// Gives the commands whose time has come.

#include "engine/limits.hpp"
#include "engine/parts.hpp"

#include <algorithm>

namespace banjie::engine {

using namespace std::chrono_literals;

void RefusedWakes::put(std::string const& id, std::uint64_t version, Time until) {
    refused_[id] = {version, until};
}

bool RefusedWakes::blocks(std::string const& id, std::uint64_t version) const {
    auto const found = refused_.find(id);
    return found != refused_.end() && found->second.version == version;
}

void RefusedWakes::forget_before(Time now) {
    std::erase_if(refused_, [now](auto const& one) { return one.second.until <= now; });
}

Engine::Turn Engine::wake_due() {
    auto& parts = *parts_;
    std::lock_guard const turn(parts.turn);
    Time const now = parts.clock.now();
    parts.refused_wakes.forget_before(now);
    // Refused ones stay due: look past them.
    auto const [ids, next] =
        parts.index.due(now, limits::wakes_per_turn + parts.refused_wakes.size());
    Turn result{0, next};
    for (auto const& id : ids) {
        auto const found = parts.lanes.durable(id);
        if (!found || !*found || !(*found)->wake || (*found)->wake->at > now) continue;
        Instance const& instance = **found;
        if (parts.refused_wakes.blocks(id, instance.version)) continue;
        auto const reply = execute(Command{.actor = workflows::system_actor(),
                                           .workflow = instance.workflow,
                                           .instance = id,
                                           .verb = instance.wake->command,
                                           .fields = {},
                                           .expected_version = instance.version});
        if (reply)
            ++result.fired;
        else
            parts.refused_wakes.put(id, instance.version, now + 1min);
    }
    if (result.fired > 0) result.next = parts.index.due(now, 1).second;
    return result;
}

} // namespace banjie::engine
