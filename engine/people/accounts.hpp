#pragma once
// Users, passwords and sessions.
//
// Passwords: argon2id by libsodium (opslimit 2, memlimit 19 MiB), computed on a bounded pool and
// never on a network thread. Tokens: 32 random bytes, base64url, stored as BLAKE2b hash with an
// expiry.

#include "engine/documents/documents.hpp"
#include "engine/people/organisations.hpp"
#include "engine/people/security_policy.hpp"
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
    bool must_change_password = false;     // it is a first one, that somebody else knows
    std::optional<Time> password_set_at{}; // unknown of one that an older program took
    std::uint64_t version = 0;
};

/// What somebody gives who wants to sign in.
struct SignInAttempt {
    std::string name, password, address;
    std::string code{};  // of the second factor
    std::string agent{}; // what the browser calls itself
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
    std::string agent; // what the browser or program calls itself; nobody vouches for it
    bool is_this = false;
};

/// What an account owes before it may do anything else.
enum class Owed { nothing, own_password, new_password, second_factor };

struct SecondFactorState {
    std::optional<Time> enrolled_at{}; // nullopt: there is none
    bool is_compulsory = false;
    std::size_t recovery_codes_left = 0;
};

/// What a device needs to show codes; shown this once.
struct Enrolment {
    std::string secret; // base 32
    std::string uri;    // otpauth://…
};

class Accounts {
public:
    Accounts(Documents& documents, Organisations const& organisations, Security const& security,
             Clock& clock, Random& random);
    ~Accounts();

    [[nodiscard]] Outcome<void> load();

    /// Checks the password and, where the account has a second factor, its code, and opens a
    /// session; that is an event of the account, as is a wrong password or code. Refused the same
    /// way and as slowly for an unknown name as for a wrong password (`unauthenticated`);
    /// `second_factor_required` where only the code is missing, which is no failure, and
    /// `second_factor_wrong`; after limits::sign_in_failures per name or address within the window,
    /// of passwords and codes together, `too_many` with retry_after_s. `done` runs on the password
    /// pool.
    void sign_in(SignInAttempt attempt, std::function<void(Outcome<SignedIn>)> done);
    [[nodiscard]] Outcome<SignedIn> sign_in(SignInAttempt attempt);
    [[nodiscard]] Outcome<SignedIn> sign_in(std::string name, std::string password,
                                            std::string address) {
        return sign_in({std::move(name), std::move(password), std::move(address)});
    }
    [[nodiscard]] Outcome<void> sign_out(std::string_view token);
    /// The caller behind a token; refused `unauthenticated` when unknown, revoked, older than
    /// limits::session_hours or not actively used for as long as the policy says, and `forbidden`
    /// (`password_must_change`, `password_expired`, `second_factor_must_enrol`) to a newcomer, who
    /// owes something first, unless the use is for those too. From memory; cheap enough for every
    /// request.
    enum class Use { active, passive, newcomer };
    [[nodiscard]] Outcome<Actor> actor_of(std::string_view token, Use use = Use::active) const;
    [[nodiscard]] Outcome<Actor> actor_named(std::string_view name) const;

    /// Whether an account of the province's government that is active holds the role.
    [[nodiscard]] bool has_chief(Role role) const;

    [[nodiscard]] std::optional<User> find(std::string_view name) const;
    /// Users of that organisation and of those below it, all if it is empty, in order of name after
    /// `after`.
    [[nodiscard]] std::vector<User> list(std::string_view below, std::string_view after,
                                         std::size_t limit) const;
    /// Creates (version 0, with a password) or changes a user. Deactivating or changing roles or
    /// password revokes the sessions. Refused with `forbidden` where the actor does not administer
    /// the organisation, and with `not_of_your_office`, `not_of_oneself` or `offices_apart` where
    /// administrators are kept apart, and with `role_beyond_department` where a department's
    /// administrator would give, or change somebody who has, a role that oversees the region. A
    /// password that is set for somebody else is a first one; the system says itself what it is, in
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
    /// The same with all of them but the one of that token.
    [[nodiscard]] Outcome<void> end_other_sessions(Actor const& actor, std::string_view keep_token,
                                                   std::string password);
    [[nodiscard]] Outcome<void> revoke_sessions(Actor const& actor, std::string_view user);

    [[nodiscard]] Owed owed_by(User const& user) const;
    [[nodiscard]] SecondFactorState second_factor_of(std::string_view name) const;
    /// Begins an enrolment, which a code confirms within limits::enrolment_minutes; until then what
    /// there was holds. Asks for the password, and for a code of a second factor that is there
    /// already. Each of these four waits for the disk, and counts wrong codes as signing in does.
    [[nodiscard]] Outcome<Enrolment> begin_second_factor(Actor const& actor, std::string password,
                                                         std::string code);
    /// Gives the recovery codes, which nobody can read again. Every other session of the user ends.
    [[nodiscard]] Outcome<std::vector<std::string>>
    confirm_second_factor(Actor const& actor, std::string_view keep_token, std::string code);
    [[nodiscard]] Outcome<std::vector<std::string>>
    renew_recovery_codes(Actor const& actor, std::string password, std::string code);
    /// Refused `second_factor_compulsory` where the policy asks for one.
    [[nodiscard]] Outcome<void> remove_second_factor(Actor const& actor, std::string password,
                                                     std::string code);
    /// For an administrator, of somebody who has lost device and paper. Ends their sessions.
    [[nodiscard]] Outcome<void> reset_second_factor(Actor const& actor, std::string_view user);

private:
    struct Directory;
    std::unique_ptr<Directory> directory_;
};

} // namespace banjie::engine
