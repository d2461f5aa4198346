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
    std::map<std::string, std::string> headers;
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
    std::optional<bool> of_this_machine{}; // nullopt: as the address says
    std::string method_override{};
    bool secure = false;
};

/// Returns the rules of this build with the workflow that the tests add to it.
[[nodiscard]] std::shared_ptr<engine::Rules const> tested_rules();

struct Door {
    Door();
    /// Over a store that exists already, with nobody signed in.
    explicit Door(storage::Store& existing);

    engine::Desk desk;
    Metrics metrics;
    WorkerPool workers;
    Router router;
    /// Every answer is held against the API's description. Not for instances that no command made.
    bool described = true;

    /// "GET /api/v1/problems?limit=2" by that account ("" for nobody); waits for the answer.
    Answered ask(std::string const& user, std::string const& line, nlohmann::json const& body,
                 Extra const& extra = {});
    /// The same with a body as it is.
    Answered send(std::string const& user, std::string const& line, std::string body = {},
                  Extra const& extra = {});
    /// Makes an account with that role and signs it in, to be asked as.
    void hire(std::string const& name, std::string const& organisation, engine::Role role);
    /// A session that is in the store already.
    void knows(std::string const& name, std::string token) { tokens_[name] = std::move(token); }
    /// What a request carries that comes as that account.
    [[nodiscard]] std::string authorization_of(std::string const& name) const;
    /// A problem of the township, submitted: its id.
    std::string report(std::string const& title = "断头路");
    /// The command is accepted.
    void give(std::string const& user, std::string const& id, std::string const& command,
              nlohmann::json const& fields = nlohmann::json::object());

    /// From now on that name sends this token.
    void use_token(std::string const& user, std::string token) { tokens_[user] = std::move(token); }

    /// Returns what this door's router stands on.
    [[nodiscard]] Services services();

private:
    std::map<std::string, std::string> tokens_;
};

} // namespace banjie::api
