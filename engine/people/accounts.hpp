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
    bool must_change_password = false;     // it is a first password, which another person knows
    std::optional<Time> password_set_at{}; // unknown for passwords set by an earlier version
    std::uint64_t version = 0;
};

/// Input of a sign-in.
struct SignInAttempt {
    std::string name, password, address;
    std::string code{};        // of the second factor
    std::string agent{};       // as the browser names itself
    std::string device{};      // token that the browser keeps of an earlier time; empty: none
    bool keeps_device = false; // the browser can keep one
};

struct SignedIn {
    std::string token;
    Time expires_at{};
    User user;
    std::string device{}; // token for the browser to keep; empty unless it can
};

/// A session as shown to its user.
struct OpenSession {
    std::string id;                // 16 hexadecimal digits; not usable as a token
    std::optional<Time> opened_at; // unknown for sessions of an earlier version, as is the address
    Time used_at{};                // a restart counts as use
    Time expires_at{};
    std::string address;
    std::string agent; // as the browser or program names itself; not verified
    bool is_this = false;
};

/// Duty that an account must fulfil before any other action.
enum class Owed { nothing, own_password, new_password, second_factor };

struct SecondFactorState {
    std::optional<Time> enrolled_at{}; // nullopt: there is none
    bool is_compulsory = false;
    std::size_t recovery_codes_left = 0;
};

/// Data from which a device shows codes. Shown only once.
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

    /// Checks the password and, if the account has a second factor, its code, then opens a session.
    /// A sign-in is an event of the account, as is a wrong password or code. An unknown name is
    /// refused in the same way and as slowly as a wrong password (`unauthenticated`). Refuses with
    /// `second_factor_required` if only the code is missing, which does not count as a failure, and
    /// with `second_factor_wrong`. Refuses with `too_many` and retry_after_s after
    /// limits::sign_in_failures failures per name or address within the window; passwords and codes
    /// count together. Calls `done` on the password pool.
    void sign_in(SignInAttempt attempt, std::function<void(Outcome<SignedIn>)> done);
    [[nodiscard]] Outcome<SignedIn> sign_in(SignInAttempt attempt);
    [[nodiscard]] Outcome<SignedIn> sign_in(std::string name, std::string password,
                                            std::string address) {
        return sign_in({std::move(name), std::move(password), std::move(address)});
    }
    [[nodiscard]] Outcome<void> sign_out(std::string_view token);
    /// Returns the caller to whom a token belongs. Refuses with `unauthenticated` if the token is
    /// unknown, revoked, older than limits::session_hours or idle for as long as the policy says.
    /// Refuses with `forbidden` (`password_must_change`, `password_expired`,
    /// `second_factor_must_enrol`) if the account has an open duty, unless the use is `newcomer`.
    /// Reads memory only; cheap enough for every request.
    enum class Use { active, passive, newcomer };
    [[nodiscard]] Outcome<Actor> actor_of(std::string_view token, Use use = Use::active) const;
    [[nodiscard]] Outcome<Actor> actor_named(std::string_view name) const;

    /// Returns whether an active account of the province's government holds the role.
    [[nodiscard]] bool has_chief(Role role) const;

    [[nodiscard]] std::optional<User> find(std::string_view name) const;
    /// Returns the users of that organisation and of those below it (of all organisations if
    /// `below` is empty), in order of name, after `after`.
    [[nodiscard]] std::vector<User> list(std::string_view below, std::string_view after,
                                         std::size_t limit) const;
    /// Creates (version 0, with a password) or changes a user. Deactivating a user, or changing
    /// roles or password, revokes the sessions. Refuses with `forbidden` if the actor does not
    /// administer the organisation; with `not_of_your_office`, `not_of_oneself` or `offices_apart`
    /// if the installation separates its administrators; with `role_beyond_department` if a
    /// department's administrator would grant a role that oversees the region, or change a user who
    /// has one. A password set for another person is a first password. When the system actor calls,
    /// `must_change_password` is taken from the argument.
    [[nodiscard]] Outcome<User> save(Caller const& actor, User user,
                                     std::optional<std::string> password,
                                     std::optional<std::uint64_t> expected_version);
    /// Changes the actor's password. Requires the old password, and a new one that differs from it.
    /// Ends every other session of the user.
    [[nodiscard]] Outcome<void> change_password(Caller const& actor, std::string_view keep_token,
                                                std::string old_password, std::string new_password);
    /// Returns the actor's open sessions, newest first; `is_this` marks that of the token. A key of
    /// another platform has none. Reads memory only.
    [[nodiscard]] std::vector<OpenSession> sessions_of(Actor const& actor,
                                                       std::string_view current_token) const;
    /// Ends one of the actor's sessions after checking the password; that is an event. Refuses with
    /// `session_not_found` if the actor has no open session under that id, with `invalid` and
    /// "wrong" at `password`, and with `too_many` after as many failures as sign-in allows. Blocks.
    [[nodiscard]] Outcome<void> end_session(Caller const& actor, std::string_view id,
                                            std::string password);
    /// Ends all sessions of the actor except that of the token. Otherwise like `end_session`.
    [[nodiscard]] Outcome<void> end_other_sessions(Caller const& actor, std::string_view keep_token,
                                                   std::string password);
    [[nodiscard]] Outcome<void> revoke_sessions(Caller const& actor, std::string_view user);

    [[nodiscard]] Owed owed_by(User const& user) const;
    [[nodiscard]] SecondFactorState second_factor_of(std::string_view name) const;
    /// Begins an enrolment, which a code confirms within limits::enrolment_minutes. Until then the
    /// previous second factor stays valid. Requires the password, and a code of the existing second
    /// factor if there is one. This and the next three functions block on the disk, and count wrong
    /// codes as sign-in does.
    [[nodiscard]] Outcome<Enrolment> begin_second_factor(Caller const& actor, std::string password,
                                                         std::string code);
    /// Returns the recovery codes, which can never be read again. Ends every other session of the
    /// user.
    [[nodiscard]] Outcome<std::vector<std::string>>
    confirm_second_factor(Caller const& actor, std::string_view keep_token, std::string code);
    [[nodiscard]] Outcome<std::vector<std::string>>
    renew_recovery_codes(Caller const& actor, std::string password, std::string code);
    /// Refuses with `second_factor_compulsory` if the policy requires one.
    [[nodiscard]] Outcome<void> remove_second_factor(Caller const& actor, std::string password,
                                                     std::string code);
    /// Removes the second factor of a user who has lost device and paper, and ends the user's
    /// sessions. For administrators.
    [[nodiscard]] Outcome<void> reset_second_factor(Caller const& actor, std::string_view user);

private:
    struct Directory;
    std::unique_ptr<Directory> directory_;
};

} // namespace banjie::engine
