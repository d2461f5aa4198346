#pragma once
// What one person asks for, once or, where no answer comes, again with the same key.

#include "engine/command.hpp"

namespace banjie::simulation {

struct Request {
    std::size_t number = 0;
    std::string user;
    engine::Command command; // its actor is found out anew at each arrival
    std::size_t sendings = 0;
    std::size_t arrivals = 0; // at the engine
    std::size_t refusals = 0; // told by the engine, so that these arrivals have changed nothing
    bool answered = false;    // the person knows, or has given up
};

/// The name that the request's events bear as their actor's display name: what has become of a
/// request can be read in the history.
[[nodiscard]] inline std::string mark_of(Request const& request) {
    return "#" + std::to_string(request.number);
}

} // namespace banjie::simulation
