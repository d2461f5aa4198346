#pragma once
// Passwords: argon2id by libsodium (opslimit 2, memlimit 19 MiB), on a small pool of its own, so
// that sign-in uses neither the network threads nor unbounded memory.

#include "engine/outcome.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Returns the encoded hash. Takes some 15 ms. Salted by libsodium's generator, since its encoded
/// form accepts no other salt. Throws std::bad_alloc if there is no memory for it, as does
/// `password_fits`.
[[nodiscard]] std::string password_hash(std::string_view password);
/// Returns whether the password matches the hash. An empty hash, of an unknown user, matches no
/// password and takes the same time.
[[nodiscard]] bool password_fits(std::string const& hash, std::string_view password);
/// Further requirements that an installation has for passwords.
struct PasswordRules {
    std::size_t characters = 8; // at least
    int kinds = 0;              // least number of kinds: small letters, capitals, digits, others
};
/// Returns an error unless the password has at least the required number of characters and at most
/// 128, contains neither the user's name nor the product's, and is not one of the 5,000 most
/// common. Returns nullopt if the password is valid.
[[nodiscard]] std::optional<FieldError>
check_password(std::string_view password, std::string_view user_name, PasswordRules rules = {});

/// Two threads and a queue of limits::password_queue tasks. Its destructor finishes the queue.
class PasswordPool {
public:
    PasswordPool();
    ~PasswordPool();
    /// Returns false if the queue is full; the task will not run. Never blocks.
    [[nodiscard]] bool post(std::string const& network, std::function<void()> task);

private:
    struct Queue;
    std::unique_ptr<Queue> queue_;
};

} // namespace banjie::engine
