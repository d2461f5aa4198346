#pragma once
// A session as stored by the accounts, in memory and in its document. Private to the accounts.

#include "engine/documents/documents.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

struct User;

struct Session {
    std::string user;
    Time expires_at{};
    std::optional<Time> opened_at; // unknown for sessions of an earlier version, as is
    std::string address;           // of the client
    std::string agent;             // browser or program, by its own claim
    // By the steady clock, so that a jump of the wall clock neither ends it nor lets it last. In
    // memory alone: a restart counts as use, and goes on with the time that was left.
    Time ends_at{};
    std::shared_ptr<std::atomic<Time>> used_at;

    /// Returns whether the session is open. `idle` is how long it lasts without use.
    [[nodiscard]] bool is_open(Time steady_now, std::chrono::minutes idle) const;
};

/// Writes the body of its document.
[[nodiscard]] std::string body_of(Session const& session);
/// Reads the session from its document's body, with that time of last use.
[[nodiscard]] Session session_of(std::string_view body, Time now, Time steady_now);
/// Returns the id that is shown to the user. The id of the document is not shown, since it is the
/// hash of the token.
[[nodiscard]] std::string shown_id_of(std::string_view id);

/// Returns the event of a sign-in to that account, or of a failed one.
[[nodiscard]] DocumentChange sign_in_event(User const& user, char const* event, Time now);

} // namespace banjie::engine
