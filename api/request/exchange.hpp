#pragma once
// One request on its way through the API, with everything that a handler needs to answer it; and
// the adapters that turn plain functions into handlers.

#include "api/limits.hpp"
#include "api/request/conditions.hpp"
#include "api/request/credentials.hpp"
#include "api/request/refusal_document.hpp"
#include "api/request/rooms.hpp"
#include "api/request/route.hpp"
#include "engine/office.hpp"
#include "engine/once/keys_under_way.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace banjie::api {

class Metrics;
class Scanner;
struct Exchange;
using ExchangePointer = std::shared_ptr<Exchange>;

/// Services that all handlers share. The references must outlive it.
struct Services {
    engine::Office& office;
    Metrics& metrics;
    /// Runs blocking work on another thread. Returns false if the queue is full.
    std::function<bool(std::string const& caller, std::function<void()> work)> post;
    /// Returns the document of /openapi.json for the rules in force.
    nlohmann::json (*describe)(engine::Rules const& rules);
    std::shared_ptr<Conditions> conditions = std::make_shared<Conditions>();
    /// Runs a request as that account. The caller has checked the account. Set by the router.
    std::function<void(Request, engine::Caller, Respond)> carry_out{};
    std::shared_ptr<Scanner> scanner{};                    // of attached files; nullptr: none
    std::string backup_directory{};                        // target of POST /backups; empty: none
    int requests_per_second = limits::requests_per_second; // per caller; 0: no limit
    std::shared_ptr<Rooms> bodies = std::make_shared<Rooms>(limits::bodies);
    std::shared_ptr<Rooms> answers =
        std::make_shared<Rooms>(limits::answers); // the transport's too
    /// Keys in flight of writes that do not go through `Engine`, so that these too are done once.
    std::shared_ptr<engine::KeysUnderWay<ExchangePointer>> keys =
        std::make_shared<engine::KeysUnderWay<ExchangePointer>>();
    /// Counts the time that a caller's work has taken of a thread; the router sets it.
    std::function<void(std::string const& caller, std::chrono::microseconds took)> took{};
};

struct Exchange {
    Services& services;
    Route const& route;
    Request request;
    Respond respond;
    engine::Caller actor{};                          // of a route for callers who signed in
    Credentials credentials{};                       // of the actor
    nlohmann::json body{};                           // an object, for a route with a body
    engine::Fields fields{};                         // for Body::form, checked
    std::shared_ptr<engine::KeyScope const> scope{}; // of an API key; nullptr: an account
    engine::Workflow const* workflow = nullptr;      // of a route with "{instances}"

    [[nodiscard]] engine::Office& office() const { return services.office; }
    /// Returns who is counted for it: the account, or a stranger's network of addresses.
    [[nodiscard]] std::string counted() const {
        return actor.user.empty() ? network_of(request.address) : actor.user;
    }
    [[nodiscard]] std::string const& parameter(std::string const& name) const {
        return request.parameters.at(name);
    }
    /// Returns an empty text if the parameter is absent.
    [[nodiscard]] std::string query(std::string_view name) const {
        return std::string(request.query_value(name).value_or(""));
    }
};

/// Returns the body of a route that takes a file, mapped if it has been written to disk.
[[nodiscard]] engine::Outcome<std::string_view> file_bytes(Request const& request);
/// Returns the JSON text. Replaces invalid UTF-8.
[[nodiscard]] std::string json_text(nlohmann::json const& body);
/// Returns a response with a JSON body and that status.
[[nodiscard]] Response json_response(nlohmann::json const& body, int status = 200);
/// Returns the version as an ETag.
[[nodiscard]] std::string etag_of(std::uint64_t version);

using Answer = engine::Outcome<Response> (*)(Exchange&);

/// Returns the response, or the refusal as a refusal document.
[[nodiscard]] Response answered(Answer answer, Exchange& exchange);
/// Answers on a worker thread. A write with an Idempotency-Key is done once and its reply is
/// stored, except for a reply that holds a secret: a repeated key is then refused with
/// `secret_shown_once`. If the process ended between the write and its reply, a repeated key is
/// refused with `answer_lost`.
void answer_on_worker(Answer answer, ExchangePointer exchange);
/// Guard that adds the processor time of its thread to the caller's share while it lives. Exempts
/// programs of this machine.
class Timed {
public:
    explicit Timed(Exchange const& exchange);
    ~Timed();
    Timed(Timed const&) = delete;
    Timed& operator=(Timed const&) = delete;

private:
    Services& services_;
    std::string caller_; // empty if exempt
    std::chrono::microseconds began_{};
};

/// Runs work that answers the exchange itself. Answers `busy` if the workers' queue is full.
void run_on_worker(ExchangePointer const& exchange, std::function<void()> work);

/// Adapts a handler that only reads memory; answers at once.
template <Answer answer>
void now(ExchangePointer exchange) {
    exchange->respond(answered(answer, *exchange));
}

/// Adapts a handler that blocks or takes long: writes of documents, passwords, backups, statistics.
template <Answer answer>
void on_worker(ExchangePointer exchange) {
    answer_on_worker(answer, std::move(exchange));
}

} // namespace banjie::api
