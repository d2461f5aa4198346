#pragma once
// Tokens of sessions. The store knows their hashes only.

#include "engine/ports.hpp"

#include <string>
#include <string_view>

namespace banjie::engine {

/// 32 random bytes, base64url without padding: 43 characters.
[[nodiscard]] std::string make_token(Random& random);
/// BLAKE2b-256 of the token, 64 hexadecimal digits: the id of the session's document. Never change.
[[nodiscard]] std::string session_id_of(std::string_view token);

/// What a page shows beside the cookie that holds the token: BLAKE2b-256 keyed with it, base64url.
/// Nothing is kept for it, and it tells nothing of the token.
[[nodiscard]] std::string csrf_token_of(std::string_view token);
/// Takes as long for a wrong one.
[[nodiscard]] bool is_csrf_token_of(std::string_view token, std::string_view csrf_token);

} // namespace banjie::engine
