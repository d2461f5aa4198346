#pragma once
// The thread that gives the commands whose time has come. Durable: the wake time is part of the
// instance and its index entry, so a timer survives any stop; firing is an ordinary command, so it
// fires once.

#include "engine/ports.hpp"

#include <memory>

namespace banjie::engine {

class Engine;

class Timers {
public:
    /// Starts at once; looks at the clock at least once a second.
    Timers(Engine& engine, Clock& clock);
    /// Finishes the turn under way.
    ~Timers();

private:
    struct Loop;
    std::unique_ptr<Loop> loop_;
};

} // namespace banjie::engine
