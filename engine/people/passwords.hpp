#pragma once
// Passwords: argon2id by libsodium (opslimit 2, memlimit 19 MiB), on a small pool of its own, so
// that signing in takes neither the network's threads nor unbounded memory.

#include "engine/outcome.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::engine {

/// Takes some 15 ms. Salted by libsodium's own generator: its encoded form takes no other salt.
[[nodiscard]] std::string password_hash(std::string_view password);
/// As slow for an empty hash (nobody's), which no password fits.
[[nodiscard]] bool password_fits(std::string const& hash, std::string_view password);
/// What an installation asks of a password beyond that.
struct PasswordRules {
    std::size_t characters = 8; // at least
    int kinds = 0;              // of small letters, capitals, digits and others: at least so many
};
/// At least so many and at most 128 characters, without the user's name or the product's in it, and
/// not one of the 5,000 commonest; nullopt: good.
[[nodiscard]] std::optional<FieldError>
check_password(std::string_view password, std::string_view user_name, PasswordRules rules = {});

/// Two threads and a queue of limits::password_queue tasks. Destroying it finishes the queue.
class PasswordPool {
public:
    PasswordPool();
    ~PasswordPool();
    /// False: the queue is full, the task will not run.
    [[nodiscard]] bool post(std::function<void()> task);

private:
    struct Queue;
    std::unique_ptr<Queue> queue_;
};

} // namespace banjie::engine
