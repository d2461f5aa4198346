#pragma once
// A session as the accounts keep it, in memory and in its document. Inside of the accounts.

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
    std::optional<Time> opened_at; // unknown of one that an older program opened, as is
    std::string address;           // whence
    std::string agent;             // with which browser or program, as it calls itself
    std::shared_ptr<std::atomic<Time>> used_at; // in memory alone: a restart counts as use

    /// `idle`: how long it lasts without use.
    [[nodiscard]] bool is_open(Time now, std::chrono::minutes idle) const;
};

/// The body of its document.
[[nodiscard]] std::string body_of(Session const& session);
/// The session in its document, used at that time.
[[nodiscard]] Session session_of(std::string_view body, Time used_at);
/// What its user is told instead of the id of its document, which is the hash of its token.
[[nodiscard]] std::string shown_id_of(std::string_view id);

/// The event that somebody has signed in as that account, or has failed to.
[[nodiscard]] DocumentChange sign_in_event(User const& user, char const* event, Time now);

} // namespace banjie::engine
