#pragma once
// Replies remembered under an idempotency key: (user, key) → fingerprint of what was asked, and the
// reply.

#include "engine/outcome.hpp"
#include "engine/ports.hpp"
#include "storage/store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// The record that goes into the batch of the command that `request` (canonical text of all that
/// was asked) stands for.
[[nodiscard]] storage::ReplyWrite remember(std::string_view user, std::string_view key,
                                           std::string_view request, std::string_view reply,
                                           Time now);

/// The reply remembered; nullopt when the key is new. Refused as `invalid`, code
/// "idempotency_key_reused", when the request differs from the one that first carried the key.
[[nodiscard]] Outcome<std::optional<std::string>> recall(storage::Store& store,
                                                         std::string_view user,
                                                         std::string_view key,
                                                         std::string_view request);

/// The reply that is remembered with a write of documents, until the true one follows: what was
/// asked is done, and if the process ends in between, nobody knows any more what was to be told.
inline constexpr std::string_view reply_lost;

/// How a key is refused that came before with another request.
[[nodiscard]] Refusal reused_key(std::string_view key);

/// Keeps the reply of a write that did not go through `Engine` (users, organisations, calendar), in
/// the place of `reply_lost`, and waits until it is durable.
[[nodiscard]] Outcome<void> keep_reply(storage::Store& store, std::string_view user,
                                       std::string_view key, std::string_view request,
                                       std::string_view reply, Time now);

} // namespace banjie::engine
