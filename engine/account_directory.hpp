#pragma once
// The inside of the accounts: who there is and which sessions are open, in memory and in the store.
// Nobody but accounts.cpp includes this.

#include "engine/accounts.hpp"
#include "engine/passwords.hpp"
#include "engine/sign_in_throttle.hpp"

#include <atomic>
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

struct Session {
    std::string user;
    Time expires_at{};
    std::shared_ptr<std::atomic<Time>> used_at; // in memory alone: a restart counts as use
};

/// The event that somebody has signed in as that account, or has failed to.
[[nodiscard]] DocumentChange sign_in_event(User const& user, char const* event, Time now);
/// The end of the session whose document has that id.
[[nodiscard]] DocumentChange ended_session(std::string id);

struct Accounts::Directory {
    Directory(Documents& the_documents, Organisations const& the_organisations, Clock& the_clock,
              Random& the_random);

    [[nodiscard]] std::optional<Account> find(std::string_view name) const;
    void put(User user, std::string hash);

    /// Ids of a user's sessions, earliest to expire first.
    [[nodiscard]] std::vector<std::pair<Time, std::string>>
    sessions_of(std::string_view user) const;
    [[nodiscard]] Outcome<SignedIn> open_session(Account const& account, std::string address);
    void forget(std::vector<DocumentChange> const& ended);
    /// Writes the change and ends the user's sessions with it, all but one.
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
