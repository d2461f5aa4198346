#pragma once
// Client of a server for the commands of a terminal. Blocking; one connection, kept open.

#include "api/command_line/arguments.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace banjie::api::command_line {

/// Address http://host[:port] or https://…. Certificates are checked against the system's.
struct ServerAddress {
    bool secure = false;
    std::string host, port;
};
/// Returns nullopt if the text is no such address.
[[nodiscard]] std::optional<ServerAddress> server_address(std::string const& url);

/// A session: server, user and token. Stored in "banjie/session.json" below XDG_CONFIG_HOME or
/// ~/.config, readable only by its owner.
struct Session {
    std::string server, user, token;
};
[[nodiscard]] Session kept_session();
void keep_session(Session const& session);

struct Answer {
    int status = 0;
    nlohmann::json body;
    [[nodiscard]] bool good() const { return status >= 200 && status < 300; }
};

class Client {
public:
    /// Connects to the server of --server, BANJIE_SERVER, the stored session, or
    /// http://127.0.0.1:8080.
    explicit Client(Arguments const& arguments);
    ~Client();

    /// Throws std::runtime_error with a sentence if there is no server or no answer.
    Answer ask(std::string const& method, std::string const& target,
               nlohmann::json const& body = nullptr);
    /// Uses that session from now on.
    void act_as(std::string token) { token_ = std::move(token); }
    [[nodiscard]] std::string const& server() const { return url_; }

private:
    struct Line;
    std::string url_, token_;
    std::unique_ptr<Line> line_;
};

/// Adds --server and --lang.
void add_client_options(options::options_description& known);
/// Returns "zh" or "en": that of --lang, else of the environment's LANG.
[[nodiscard]] std::string language_of(Arguments const& arguments);
/// Returns the text escaped for a query.
[[nodiscard]] std::string escaped(std::string const& text);
/// Prints a refusal with its fields and what would help. Returns 1.
int print_refusal(Answer const& answer);

} // namespace banjie::api::command_line
