#pragma once
// Tokens of sessions. The store holds only their hashes.

#include "engine/ports.hpp"

#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns 32 random bytes as base64url without padding: 43 characters.
[[nodiscard]] std::string make_token(Random& random);
/// Returns the BLAKE2b-256 of the token as 64 hexadecimal digits: the id of the session's document.
/// Never change.
[[nodiscard]] std::string session_id_of(std::string_view token);

/// Returns the token that a page shows beside the session cookie: BLAKE2b-256 keyed with the
/// session's token, base64url. Stateless: the value reveals nothing about the session's token.
[[nodiscard]] std::string csrf_token_of(std::string_view token);
/// Returns whether the CSRF token belongs to the session's token. Takes the same time for a wrong
/// one.
[[nodiscard]] bool is_csrf_token_of(std::string_view token, std::string_view csrf_token);

} // namespace banjie::engine
