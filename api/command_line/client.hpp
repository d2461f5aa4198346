#pragma once
// A server, as the commands of a terminal see it. Blocking; one connection, kept open.

#include "api/command_line/arguments.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace banjie::api::command_line {

/// http://host[:port] or https://…; certificates are checked against the system's.
struct ServerAddress {
    bool secure = false;
    std::string host, port;
};
/// nullopt: not such an address.
[[nodiscard]] std::optional<ServerAddress> server_address(std::string const& url);

/// Who is signed in where; kept in "banjie/session.json" below XDG_CONFIG_HOME or ~/.config,
/// readable by its owner alone.
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
    /// The server of --server, BANJIE_SERVER, the kept session, or http://127.0.0.1:8080.
    explicit Client(Arguments const& arguments);
    ~Client();

    /// Throws std::runtime_error with a sentence when there is no server or no answer.
    Answer ask(std::string const& method, std::string const& target,
               nlohmann::json const& body = nullptr);
    /// From now on with that session.
    void act_as(std::string token) { token_ = std::move(token); }
    [[nodiscard]] std::string const& server() const { return url_; }

private:
    struct Line;
    std::string url_, token_;
    std::unique_ptr<Line> line_;
};

/// Adds --server and --lang.
void add_client_options(options::options_description& known);
/// "zh" or "en": --lang, else as the environment's LANG.
[[nodiscard]] std::string language_of(Arguments const& arguments);
/// The text in a query.
[[nodiscard]] std::string escaped(std::string const& text);
/// Prints a refusal with its fields and what would help; gives 1.
int print_refusal(Answer const& answer);

} // namespace banjie::api::command_line
