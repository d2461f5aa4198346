#pragma once
// The API without a socket: requests as plain values, over an office in memory with accounts.

#include "api/request/metrics.hpp"
#include "api/request/worker_pool.hpp"
#include "api/router.hpp"
#include "tests/engine/desk.hpp"

#include <nlohmann/json.hpp>

namespace banjie::api {

struct Answered {
    int status = 0;
    nlohmann::json body;
    std::map<std::string, std::string> headers; // of several of a name, the last
    std::vector<std::string> cookies{};         // of each Set-Cookie
    std::string text;
    /// Returns the code of a refusal; empty for any other answer.
    [[nodiscard]] std::string code() const {
        return body.is_object() ? body.value("code", "") : std::string();
    }
};

struct Extra {
    std::string idempotency_key{}, if_match{}, content_type = "application/json";
    std::string cookie{}, csrf_token{}, origin{}, host{};
    std::string address = "127.0.0.1";
    std::optional<bool> of_this_machine{}; // nullopt: according to the address
    std::string method_override{};
    bool secure = false;
};

/// Returns the rules of this build with the workflow that the tests add to it.
[[nodiscard]] std::shared_ptr<engine::Rules const> tested_rules();

struct Door {
    Door();
    /// Opens the door over an existing store, with nobody signed in.
    explicit Door(storage::Store& existing);

    engine::Desk desk;
    Metrics metrics;
    WorkerPool workers;
    Router router;
    /// Compares every answer with the API's description. Not for instances that no command made.
    bool described = true;

    /// Sends "GET /api/v1/problems?limit=2" by that account ("" for nobody), and waits for the
    /// answer.
    Answered ask(std::string const& user, std::string const& line, nlohmann::json const& body,
                 Extra const& extra = {});
    /// Sends a request with a body as it is, and waits for the answer.
    Answered send(std::string const& user, std::string const& line, std::string body = {},
                  Extra const& extra = {});
    /// Makes an account with that role and signs it in, so that `ask` can act for it.
    void hire(std::string const& name, std::string const& organisation, engine::Role role);
    /// Uses a session that is already in the store.
    void knows(std::string const& name, std::string token) { tokens_[name] = std::move(token); }
    /// Returns the Authorization header of that account.
    [[nodiscard]] std::string authorization_of(std::string const& name) const;
    /// Reports and submits a problem of the township. Returns its id.
    std::string report(std::string const& title = "断头路");
    /// Gives a command, which must be accepted.
    void give(std::string const& user, std::string const& id, std::string const& command,
              nlohmann::json const& fields = nlohmann::json::object());

    /// Makes that account send this token from now on.
    void use_token(std::string const& user, std::string token) { tokens_[user] = std::move(token); }

    /// Returns the services that this door's router uses.
    [[nodiscard]] Services services();

private:
    std::map<std::string, std::string> tokens_;
};

} // namespace banjie::api
