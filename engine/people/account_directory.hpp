#pragma once
// The inside of the accounts: who there is and which sessions are open, in memory and in the store.
// Nobody but accounts.cpp and sessions.cpp includes this.

#include "engine/people/accounts.hpp"
#include "engine/people/passwords.hpp"
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
    Directory(Documents& the_documents, Organisations const& the_organisations, Clock& the_clock,
              Random& the_random);

    [[nodiscard]] std::optional<Account> find(std::string_view name) const;
    void put(User user, std::string hash);

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
    [[nodiscard]] Outcome<SignedIn> open_session(Account const& account, std::string address);
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
    Clock& clock;
    Random& random;
    SignInThrottle throttle;
    std::mutex writing; // one change of accounts at a time
    mutable std::shared_mutex mutex;
    std::map<std::string, Account, std::less<>> accounts;
    std::unordered_map<std::string, Session> sessions; // by hash of the token
    PasswordPool pool;                                 // last: its threads end before the rest goes
};

} // namespace banjie::engine
