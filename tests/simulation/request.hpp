#pragma once
// A request of one person, sent once or, if no answer comes, again with the same key.

#include "engine/command.hpp"

namespace banjie::simulation {

struct Request {
    std::size_t number = 0;
    std::string user;
    engine::Command command; // its actor is looked up at each arrival
    std::size_t sendings = 0;
    std::size_t arrivals = 0; // at the engine
    std::size_t refusals = 0; // by the engine: these arrivals have changed nothing
    bool answered = false;    // or the person has given up
};

/// Returns the actor's display name in the request's events, by which its outcome can be read in
/// the history.
[[nodiscard]] inline std::string mark_of(Request const& request) {
    return "#" + std::to_string(request.number);
}

} // namespace banjie::simulation
