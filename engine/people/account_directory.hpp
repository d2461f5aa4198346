#pragma once
// The inside of the accounts: who there is and which sessions are open, in memory and in the store.
// Nobody but accounts.cpp and sessions.cpp includes this.

#include "engine/people/accounts.hpp"
#include "engine/people/passwords.hpp"
#include "engine/people/second_factor.hpp"
#include "engine/people/sessions.hpp"
#include "engine/people/sign_in_throttle.hpp"

#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace banjie::engine {

struct Account {
    User user;
    std::string hash;
    std::shared_ptr<Actor const> actor;
};

struct Accounts::Directory {
    Directory(Documents& the_documents, Organisations const& the_organisations,
              Security const& the_security, Clock& the_clock, Random& the_random);

    [[nodiscard]] std::optional<Account> find(std::string_view name) const;
    void put(User user, std::string hash);
    /// As the policy in force has it.
    [[nodiscard]] Actor actor_of(Account const& account) const;

    /// Ids of a user's sessions, earliest to expire first.
    [[nodiscard]] std::vector<std::pair<Time, std::string>>
    sessions_of(std::string_view user) const;
    /// Of a user, by its shown id: the id of its document, and what it is.
    [[nodiscard]] std::optional<std::pair<std::string, Session>>
    open_session_of(std::string_view user, std::string_view shown_id) const;
    /// Refused unless it is the account's: `invalid` with "wrong" at that field, and `too_many`
    /// after as many failures as signing in. Takes some 15 ms.
    [[nodiscard]] Outcome<void> confirm_password(Account const& account, std::string_view password,
                                                 char const* field);
    /// The password and a code: gives the factor with the code marked as used, which is to be kept.
    /// With `consuming` held, as for all that writes factors.
    [[nodiscard]] Outcome<SecondFactor>
    confirm_both(Account const& account, std::string const& password, std::string const& code);
    [[nodiscard]] std::optional<SecondFactor> factor_of(std::string_view name) const;
    /// One that was begun and is not too old.
    [[nodiscard]] std::optional<PendingFactor> pending_of(std::string_view name) const;
    /// Writes it; where there is a session to keep, every other of the account ends.
    [[nodiscard]] Outcome<void> keep_factor(Actor const& actor, Account const& account,
                                            SecondFactor factor, std::string event,
                                            std::string_view kept_session);
    [[nodiscard]] Outcome<void> drop_factor(Actor const& actor, Account const& account,
                                            std::string event, bool ends_sessions);
    /// Checks the code where the account has a second factor, and opens the session.
    [[nodiscard]] Outcome<SignedIn> admit(Account const& account, SignInAttempt attempt);
    [[nodiscard]] Outcome<SignedIn> open_session(Account const& account, SignInAttempt attempt,
                                                 std::vector<DocumentChange> changes);
    /// Not too old, and used lately enough for such an account. With `mutex` held.
    [[nodiscard]] bool is_open(Session const& session, Time now) const;
    /// Writes the changes and with them ends the sessions whose documents have those ids; memory
    /// follows when that is durable.
    [[nodiscard]] Outcome<void> write_and_end(Actor const& actor,
                                              std::vector<DocumentChange> changes,
                                              std::vector<std::string> const& ended);
    /// The same with all sessions of the user but one.
    [[nodiscard]] Outcome<void> write_and_end(Actor const& actor,
                                              std::vector<DocumentChange> changes,
                                              std::string_view user, std::string_view kept_session);

    Documents& documents;
    Organisations const& organisations;
    Security const& security;
    Clock& clock;
    Random& random;
    SignInThrottle throttle;
    std::mutex writing;   // one change of accounts at a time
    std::mutex consuming; // one code at a time, until it is durable that it is used
    mutable std::shared_mutex mutex;
    std::map<std::string, Account, std::less<>> accounts;
    std::map<std::string, SecondFactor, std::less<>> factors;
    std::map<std::string, PendingFactor, std::less<>> pending;
    std::unordered_map<std::string, Session> sessions; // by hash of the token
    PasswordPool pool;                                 // last: its threads end before the rest goes
};

} // namespace banjie::engine
