#pragma once
// The thread that submits due wake commands. Timers are durable: the wake time is part of the
// instance and its index entry, so a timer survives any stop. Firing is an ordinary command, so it
// happens once.

#include "engine/ports.hpp"

#include <memory>

namespace banjie::engine {

class Engine;

class Timers {
public:
    /// Starts the thread. It reads the clock at least once a second.
    Timers(Engine& engine, Clock& clock);
    /// Finishes the current turn, then stops the thread.
    ~Timers();

private:
    struct Loop;
    std::unique_ptr<Loop> loop_;
};

} // namespace banjie::engine
