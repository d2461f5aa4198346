#pragma once
// The router of the API: from a request to its handler.

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

/// Returns the route table, defined in routes.cpp. Valid for the life of the program.
[[nodiscard]] std::span<Route const> routes();

class Router {
public:
    explicit Router(Services services);
    /// Blocks until all accepted requests are answered, on whichever thread that happens.
    ~Router();

    /// Resolves the caller, checks the request (UTF-8, known query parameters, a JSON body of the
    /// route's form) and passes it to the handler of its route. Calls `respond` exactly once,
    /// possibly on another thread. Thread-safe.
    void handle(Request request, Respond respond);

    /// Kind of use of a session. An open feed does not count as activity.
    using Use = engine::Accounts::Use;
    [[nodiscard]] engine::Outcome<engine::Actor> caller_of(Request const& request,
                                                           Use use = Use::active) const;

    /// Refuses a body of so many bytes if the route, or this caller, does not permit it. Otherwise
    /// assigns it a room among those of its size. Called by the transport. Thread-safe.
    [[nodiscard]] std::optional<Response> admit_body(Request& request, std::uint64_t bytes);

    /// Counts work of a caller that is no request: so many requests' worth. Returns for how many
    /// seconds the caller has to wait before the next. Thread-safe.
    [[nodiscard]] int charge(std::string_view caller, double requests);

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
        std::string allowed; // methods of this path, if the request's is not allowed
    };

    [[nodiscard]] Found find(Request const& request) const;
    void run(Found found, Request request, Respond respond);
    /// Runs the request once its caller is known. With `waits`, a sensitive request may wait for a
    /// second person.
    void carry_out(std::shared_ptr<Exchange> const& exchange, bool waits);
    /// Checks the caller, the rate limits, the key's scope and the CSRF token.
    [[nodiscard]] engine::Outcome<void> admit(Exchange& exchange);

    Services services_;
    Metrics::Route& unknown_;
    std::vector<Row> rows_;
    std::map<std::string, engine::Workflow const*, std::less<>> collections_; // by name in paths
    RequestRates rates_;
    std::shared_ptr<UnderWay> under_way_; // shared by every request until it is answered
};

} // namespace banjie::api
