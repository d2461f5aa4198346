#pragma once
// The table of contents of the API, and the way from a request to its handler.

#include "api/request/exchange.hpp"
#include "api/request/metrics.hpp"
#include "api/request/request_rates.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace banjie::api {

/// The table, written in routes.cpp. For the life of the program.
[[nodiscard]] std::span<Route const> routes();

class Router {
public:
    explicit Router(Services services);
    /// Waits until all that it has taken up is answered, on whichever thread that happens.
    ~Router();

    /// Resolves the caller, checks what every request owes (UTF-8, known query parameters, a JSON
    /// body of the route's form) and gives the request to the handler of its route. `respond` is
    /// called exactly once, possibly on another thread. Thread-safe.
    void handle(Request request, Respond respond);

    /// The caller behind its credentials. A feed that stays open is no use of the session.
    using Use = engine::Accounts::Use;
    [[nodiscard]] engine::Outcome<engine::Actor> caller_of(Request const& request,
                                                           Use use = Use::active) const;

    /// For the transport: whether the route takes a body of so many bytes, and from this caller; it
    /// gets a room among those of its size. Thread-safe.
    [[nodiscard]] std::optional<Response> admit_body(Request& request, std::uint64_t bytes);

    [[nodiscard]] Services& services() { return services_; }

private:
    struct Row {
        Route const* route;
        std::vector<std::string_view> segments;
        Metrics::Route* figures;
    };
    struct UnderWay;
    struct Found {
        Row const* row = nullptr;
        std::map<std::string, std::string> parameters;
        engine::Workflow const* workflow = nullptr;
        std::string allowed; // methods of this path, when none has the request's
    };

    [[nodiscard]] Found find(Request const& request) const;
    void run(Found found, Request request, Respond respond);
    /// What comes after it is known who asks. `waits`: what is sensitive may wait for a second
    /// person.
    void carry_out(std::shared_ptr<Exchange> const& exchange, bool waits);
    /// Is it this caller's turn, and does the request show what it owes?
    [[nodiscard]] engine::Outcome<void> admit(Exchange& exchange);

    Services services_;
    Metrics::Route& unknown_;
    std::vector<Row> rows_;
    std::map<std::string, engine::Workflow const*, std::less<>> collections_; // by name in paths
    RequestRates rates_;
    std::shared_ptr<UnderWay> under_way_; // every request has its share until it is answered
};

} // namespace banjie::api
