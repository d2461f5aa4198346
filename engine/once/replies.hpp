#pragma once
// Replies stored under an idempotency key: (user, key) → fingerprint of the request, and the reply.

#include "engine/outcome.hpp"
#include "engine/ports.hpp"
#include "storage/store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns the record for the command's batch. `request` is the canonical text of the whole
/// request.
[[nodiscard]] storage::ReplyWrite remember(std::string_view user, std::string_view key,
                                           std::string_view request, std::string_view reply,
                                           Time now);

/// Returns the stored reply, or nullopt if the key is new. Refuses with `invalid`, code
/// "idempotency_key_reused", if the request differs from the one that first carried the key.
[[nodiscard]] Outcome<std::optional<std::string>> recall(storage::Store& store,
                                                         std::string_view user,
                                                         std::string_view key,
                                                         std::string_view request);

/// Placeholder stored with a write of documents until the true reply replaces it. If the process
/// ends in between, the write is done but its reply is lost.
inline constexpr std::string_view reply_lost;

/// Returns the refusal of a key that was already used with another request.
[[nodiscard]] Refusal reused_key(std::string_view key);

/// Stores the reply of a write that did not go through `Engine` (users, organisations, calendar),
/// in place of `reply_lost`. Blocks until it is durable.
[[nodiscard]] Outcome<void> keep_reply(storage::Store& store, std::string_view user,
                                       std::string_view key, std::string_view request,
                                       std::string_view reply, Time now);

} // namespace banjie::engine
