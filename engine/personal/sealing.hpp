#pragma once
// Seals texts under a key: AES-256-GCM. The record, never to be changed; a new one, a new first
// byte:
//   sealed = 0x01 nonce tag text      nonce = 12 bytes of chance; tag = 16 bytes
// What is authenticated beside the text is its place: instance 0x00 field.

#include "engine/ports.hpp"
#include "storage/keyring.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

struct SealedPlace {
    std::string_view instance, field;
};

[[nodiscard]] std::string seal(storage::Key const& key, SealedPlace place, std::string_view text,
                               Random& random);
/// Returns nullopt if it was not sealed under this key for this place.
[[nodiscard]] std::optional<std::string> unseal(storage::Key const& key, SealedPlace place,
                                                std::string_view sealed);

} // namespace banjie::engine
