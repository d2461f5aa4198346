#pragma once
// The API without a socket: requests as plain values, over an office in memory with accounts.

#include "api/metrics.hpp"
#include "api/router.hpp"
#include "api/worker_pool.hpp"
#include "tests/engine/desk.hpp"

#include <nlohmann/json.hpp>

namespace banjie::api {

struct Answered {
    int status = 0;
    nlohmann::json body;
    std::map<std::string, std::string> headers;
    std::string text;
    [[nodiscard]] std::string code() const { return body.value("code", ""); }
};

struct Extra {
    std::string idempotency_key{}, if_match{}, content_type = "application/json";
    std::string cookie{}, csrf_token{}, origin{}, host{};
    bool secure = false;
};

struct Door {
    Door();

    engine::Desk desk;
    Metrics metrics;
    WorkerPool workers;
    Router router;

    /// "GET /api/v1/problems?limit=2" by that account ("" for nobody); waits for the answer.
    Answered ask(std::string const& user, std::string const& line, nlohmann::json const& body,
                 Extra const& extra = {});
    /// The same with a body as it is.
    Answered send(std::string const& user, std::string const& line, std::string body = {},
                  Extra const& extra = {});
    /// A problem of the township, submitted: its id.
    std::string report(std::string const& title = "断头路");
    /// The command is accepted.
    void give(std::string const& user, std::string const& id, std::string const& command,
              nlohmann::json const& fields = nlohmann::json::object());

private:
    std::map<std::string, std::string> tokens_;
};

} // namespace banjie::api
