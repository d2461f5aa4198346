#pragma once
// The table of contents of the API, and the way from a request to its handler.
//
// `handle` resolves the caller, checks what every request owes (UTF-8, known query parameters, a
// JSON body of the route's form) and gives the request to the handler of its route. Thread-safe.

#include "api/exchange.hpp"

#include <memory>
#include <span>

namespace banjie::api {

[[nodiscard]] std::span<Route const> routes();

/// "problem" → "problems", "inspection_lead" → "inspection-leads", and back.
[[nodiscard]] std::string collection_of(engine::Workflow const& workflow);
[[nodiscard]] engine::Workflow const* workflow_of_collection(std::string_view collection);

class Router {
public:
    explicit Router(Services services);

    /// `respond` is called exactly once, possibly on another thread.
    void handle(Request request, Respond respond);

    /// The caller behind "Authorization: Bearer …"; for the WebSocket's upgrade too.
    [[nodiscard]] engine::Outcome<engine::Actor> caller_of(Request const& request) const;

    [[nodiscard]] Services& services() { return services_; }

private:
    void run(Route const& route, Request request, Respond respond);

    Services services_;
};

} // namespace banjie::api
