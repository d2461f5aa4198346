#pragma once
// The demonstration's story: round 4 with its 125 problems in every stage, and round 5 collecting.
// It runs through the engine's commands, by a clock that starts a hundred days ago and ends now.

#include "engine/office.hpp"

#include <atomic>
#include <functional>
#include <string>

namespace banjie::demonstration {

/// Clock that keeps the time that the story sets, and runs with the computer's clock once released.
class StoryClock final : public engine::Clock {
public:
    [[nodiscard]] engine::Time now() override;
    void set(engine::Time time) { set_ms_ = time.time_since_epoch().count(); }
    void release() { set_ms_ = 0; }

private:
    std::atomic<std::int64_t> set_ms_ = 0;
};

/// Plays the story up to `now`; timers fire on the way as they would have. The organisations must
/// exist, the instances must not. Ends at the first refusal, which is a fault of the story and
/// names its step.
[[nodiscard]] engine::Outcome<void>
tell_story(engine::Office& office, StoryClock& clock, engine::Time now,
           std::function<void(std::size_t done, std::size_t total)> const& progress);

} // namespace banjie::demonstration
