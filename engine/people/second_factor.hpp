#pragma once
// The second factor as the accounts keep it, in memory and in its document. Inside of the accounts.
//
// The secret lies in the store as it is: the server has to compute with it, and the store has no
// key of its own to seal it with.

#include "engine/documents/documents.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

struct SecondFactor {
    std::string secret;                // bytes
    std::uint64_t last_step = 0;       // of the newest code that was taken: none is taken twice
    std::vector<std::string> recovery; // hashes by place; empty: used
    Time enrolled_at{};

    [[nodiscard]] std::size_t recovery_codes_left() const;
};

/// Of an enrolment that is not confirmed yet. In memory alone.
struct PendingFactor {
    std::string secret;
    Time until{};
};

/// The body of its document ("second_factor", by name of the account). Only ever added to.
[[nodiscard]] std::string body_of(SecondFactor const& factor);
[[nodiscard]] SecondFactor second_factor_of(std::string_view body);

/// Takes the code and marks it as used: of a device, or else of paper. Returns what it was;
/// nullopt for a wrong or used one.
enum class CodeTaken { of_device, of_paper };
[[nodiscard]] std::optional<CodeTaken> take_code(SecondFactor& factor, std::string_view code,
                                                 Time now);

/// The document of an account's factor, none for nullopt; with an event where it is named.
[[nodiscard]] DocumentChange factor_change(std::string const& name, std::string const& place,
                                           std::optional<std::string> body, std::string event);

} // namespace banjie::engine
