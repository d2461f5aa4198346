#pragma once
// The state of all accounts and open sessions, in memory and in the store. Private to the accounts:
// included only by their sources.

#include "engine/people/accounts.hpp"
#include "engine/people/known_devices.hpp"
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
    /// Returns the actor of an account under the policy in force.
    [[nodiscard]] Actor actor_of(Account const& account) const;

    /// Returns the ids of a user's sessions, earliest to expire first.
    [[nodiscard]] std::vector<std::pair<Time, std::string>>
    sessions_of(std::string_view user) const;
    /// Returns an open session of the user by its shown id, with the id of its document.
    [[nodiscard]] std::optional<std::pair<std::string, Session>>
    open_session_of(std::string_view user, std::string_view shown_id) const;
    /// Refuses unless the password is the account's: with `invalid` and "wrong" at that field, or
    /// with `too_many` after as many failures as sign-in allows. Takes some 15 ms.
    [[nodiscard]] Outcome<void> confirm_password(Account const& account, std::string_view password,
                                                 char const* field);
    /// Checks the password and a code. Returns the factor with the code marked as used; the caller
    /// stores it. The caller holds `consuming`, as for every write of factors.
    [[nodiscard]] Outcome<SecondFactor>
    confirm_both(Account const& account, std::string const& password, std::string const& code);
    [[nodiscard]] std::optional<SecondFactor> factor_of(std::string_view name) const;
    /// Returns an enrolment that has begun and has not expired.
    [[nodiscard]] std::optional<PendingFactor> pending_of(std::string_view name) const;
    /// Writes the factor. If `kept_session` is not empty, ends all other sessions of the account.
    [[nodiscard]] Outcome<void> keep_factor(Caller const& actor, Account const& account,
                                            SecondFactor factor, std::string event,
                                            std::string_view kept_session);
    [[nodiscard]] Outcome<void> drop_factor(Caller const& actor, Account const& account,
                                            std::string event, bool ends_sessions);
    /// Checks the code if the account has a second factor, then opens the session.
    [[nodiscard]] Outcome<SignedIn> admit(Account const& account, SignInAttempt attempt);
    [[nodiscard]] KnownDevices devices_of(std::string const& name) const;
    /// Returns the id of the attempt's device if the account knows it; else an empty text.
    [[nodiscard]] std::string known_device_of(SignInAttempt const& attempt) const;
    [[nodiscard]] Outcome<SignedIn> open_session(Account const& account, SignInAttempt attempt,
                                                 std::vector<DocumentChange> changes);
    /// Returns whether the session has neither expired nor been idle for too long for such an
    /// account. The caller holds `mutex`.
    [[nodiscard]] bool is_open(Session const& session, Time steady_now) const;
    /// Writes the changes, and with them ends the sessions whose documents have those ids. Updates
    /// memory once the write is durable.
    [[nodiscard]] Outcome<void> write_and_end(Caller const& actor,
                                              std::vector<DocumentChange> changes,
                                              std::vector<std::string> const& ended);
    /// Writes the changes, and with them ends all sessions of the user but one.
    [[nodiscard]] Outcome<void> write_and_end(Caller const& actor,
                                              std::vector<DocumentChange> changes,
                                              std::string_view user, std::string_view kept_session);

    Documents& documents;
    Organisations const& organisations;
    Security const& security;
    Clock& clock;
    Random& random;
    SignInThrottle throttle;
    std::mutex writing;   // one change of accounts at a time
    std::mutex consuming; // one code at a time, until its use is durable
    std::mutex meeting;   // one sign-in at a time that adds to the known devices
    mutable std::shared_mutex mutex;
    std::map<std::string, Account, std::less<>> accounts;
    std::map<std::string, SecondFactor, std::less<>> factors;
    std::map<std::string, PendingFactor, std::less<>> pending;
    std::unordered_map<std::string, Session> sessions;     // by hash of the token
    std::unordered_map<std::string, KnownDevices> devices; // by name of the account
    PasswordPool pool;                                     // last: its threads end first
};

} // namespace banjie::engine
