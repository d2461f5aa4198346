#pragma once
// Users, passwords and sessions.
//
// Passwords: argon2id by libsodium (opslimit 2, memlimit 19 MiB), computed on a bounded pool and
// never on a network thread. Tokens: 32 random bytes, base64url, stored as BLAKE2b hash with an
// expiry.

#include "engine/documents/documents.hpp"
#include "engine/people/organisations.hpp"
#include "engine/ports.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct User {
    std::string name; // [a-z][a-z0-9_.-]{1,31}
    std::string display_name;
    std::string organisation;
    Roles roles;
    bool active = true;
    bool must_change_password = false; // it is a first one, that somebody else knows
    std::uint64_t version = 0;
};

struct SignedIn {
    std::string token;
    Time expires_at{};
    User user;
};

/// A session as its user may look at it.
struct OpenSession {
    std::string id;                // 16 hexadecimal digits, of no use as a token
    std::optional<Time> opened_at; // unknown of one that an older program opened, as is its address
    Time used_at{};                // a restart counts as use
    Time expires_at{};
    std::string address;
    bool is_this = false;
};

class Accounts {
public:
    Accounts(Documents& documents, Organisations const& organisations, Clock& clock,
             Random& random);
    ~Accounts();

    [[nodiscard]] Outcome<void> load();

    /// Checks the password and opens a session; that is an event of the account, as is a wrong
    /// password. Refused the same way and as slowly for an unknown name as for a wrong password
    /// (`unauthenticated`); after limits::sign_in_failures per name or address within the window
    /// `too_many` with retry_after_s. `done` runs on the password pool.
    void sign_in(std::string name, std::string password, std::string address,
                 std::function<void(Outcome<SignedIn>)> done);
    [[nodiscard]] Outcome<SignedIn> sign_in(std::string name, std::string password,
                                            std::string address);
    [[nodiscard]] Outcome<void> sign_out(std::string_view token);
    /// The caller behind a token; refused `unauthenticated` when unknown, revoked, older than
    /// limits::session_hours or not actively used for limits::session_idle_minutes, and `forbidden`
    /// (`password_must_change`) to a newcomer, who still has a first password, unless the use is
    /// for those too. From memory; cheap enough for every request.
    enum class Use { active, passive, newcomer };
    [[nodiscard]] Outcome<Actor> actor_of(std::string_view token, Use use = Use::active) const;
    [[nodiscard]] Outcome<Actor> actor_named(std::string_view name) const;

    [[nodiscard]] std::optional<User> find(std::string_view name) const;
    /// Users of that organisation and of those below it, in order of name after `after`.
    [[nodiscard]] std::vector<User> list(std::string_view below, std::string_view after,
                                         std::size_t limit) const;
    /// Creates (version 0, with a password) or changes a user. Deactivating or changing roles or
    /// password revokes the sessions. Refused with `forbidden` where the actor does not administer
    /// the organisation, and with `role_beyond_department` where a department's administrator would
    /// give, or change somebody who has, a role that oversees the region. A password that is set
    /// for somebody else is a first one; the system says itself what it is, in
    /// `must_change_password`.
    [[nodiscard]] Outcome<User> save(Actor const& actor, User user,
                                     std::optional<std::string> password,
                                     std::optional<std::uint64_t> expected_version);
    /// Own password: the old one is asked for, and the new one is another. Every other session of
    /// the user ends.
    [[nodiscard]] Outcome<void> change_password(Actor const& actor, std::string_view keep_token,
                                                std::string old_password, std::string new_password);
    /// The actor's own sessions that are open, newest first; `is_this` is that of the token. A key
    /// of another platform has none. From memory.
    [[nodiscard]] std::vector<OpenSession> sessions_of(Actor const& actor,
                                                       std::string_view current_token) const;
    /// Ends one of the actor's own sessions, having been given the password again; that is an
    /// event. Refused with `session_not_found` where none of theirs is open under that id,
    /// `invalid` with "wrong" at `password`, and `too_many` after as many failures as signing in.
    /// Not for a thread that must not block.
    [[nodiscard]] Outcome<void> end_session(Actor const& actor, std::string_view id,
                                            std::string password);
    [[nodiscard]] Outcome<void> revoke_sessions(Actor const& actor, std::string_view user);

private:
    struct Directory;
    std::unique_ptr<Directory> directory_;
};

} // namespace banjie::engine
