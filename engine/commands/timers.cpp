#include "engine/commands/timers.hpp"

#include "engine/commands/engine.hpp"
#include "engine/limits.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace banjie::engine {

namespace {

using std::chrono::milliseconds;

// The clock may be set, and a command may set a wake earlier than the one that is waited for.
constexpr milliseconds longest_pause{1'000};

milliseconds pause_after(Engine::Turn const& turn, Time now) {
    if (turn.fired >= limits::wakes_per_turn) return milliseconds::zero();
    if (!turn.next) return longest_pause;
    return std::clamp(*turn.next - now, milliseconds(1), longest_pause);
}

} // namespace

struct Timers::Loop {
    Loop(Engine& the_engine, Clock& the_clock)
        : engine(the_engine), clock(the_clock), thread([this] { run(); }) {}

    ~Loop() {
        {
            std::lock_guard const lock(mutex);
            stopping = true;
        }
        changed.notify_one();
        thread.join();
    }

    void run() {
        std::unique_lock lock(mutex);
        while (!stopping) {
            lock.unlock();
            auto const turn = engine.wake_due();
            auto const pause = pause_after(turn, clock.now());
            lock.lock();
            changed.wait_for(lock, pause, [this] { return stopping; });
        }
    }

    Engine& engine;
    Clock& clock;
    std::mutex mutex;
    std::condition_variable changed;
    bool stopping = false;
    std::thread thread; // last: it uses all of the above
};

Timers::Timers(Engine& engine, Clock& clock) : loop_(std::make_unique<Loop>(engine, clock)) {}
Timers::~Timers() = default;

} // namespace banjie::engine
