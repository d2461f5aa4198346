#pragma once
// The second factor as stored by the accounts, in memory and in its document. Private to the
// accounts.
//
// The secret is stored unencrypted: the server must compute with it, and the store has no key with
// which to encrypt it.

#include "engine/documents/documents.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct SecondFactor {
    std::string secret;                // bytes
    std::uint64_t last_step = 0;       // of the newest code used: none is accepted twice
    std::vector<std::string> recovery; // hashes by place; empty: used
    Time enrolled_at{};

    [[nodiscard]] std::size_t recovery_codes_left() const;
};

/// An enrolment that is not confirmed yet. Kept in memory only.
struct PendingFactor {
    std::string secret;
    Time until{};
};

/// Writes the body of its document ("second_factor", by name of the account). Its grammar may only
/// be extended.
[[nodiscard]] std::string body_of(SecondFactor const& factor);
[[nodiscard]] SecondFactor second_factor_of(std::string_view body);

/// Consumes a code, of the device or else of paper, by marking it as used. Returns its kind, or
/// nullopt if the code is wrong or used.
enum class CodeTaken { of_device, of_paper };
[[nodiscard]] std::optional<CodeTaken> take_code(SecondFactor& factor, std::string_view code,
                                                 Time now);

/// Returns the change of an account's factor document. A nullopt body removes the document. Adds an
/// event unless `event` is empty.
[[nodiscard]] DocumentChange factor_change(std::string const& name, std::string const& place,
                                           std::optional<std::string> body, std::string event);

} // namespace banjie::engine
