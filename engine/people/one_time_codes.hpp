#pragma once
// Codes of a second factor: those that a device shows for 30 seconds (TOTP, RFC 6238, by liboath),
// and recovery codes on paper for users who have lost the device.

#include "engine/ports.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// Returns 20 random bytes, which device and server share.
[[nodiscard]] std::string make_shared_secret(Random& random);
/// Writes the secret in base 32, as people type it: 32 characters.
[[nodiscard]] std::string base32_of(std::string_view secret);
[[nodiscard]] std::optional<std::string> secret_of(std::string_view base32);
/// Returns the text of the QR code: "otpauth://totp/Banjie:<name>?secret=…&issuer=Banjie".
[[nodiscard]] std::string enrolment_uri(std::string_view name, std::string_view secret);

/// Returns the number of the 30-second step to which the code belongs: the present one, the one
/// before or the one after, provided that it is later than `after`. Returns nullopt for any other
/// code. Takes the same time for a wrong code.
[[nodiscard]] std::optional<std::uint64_t> step_of(std::string_view secret, std::string_view code,
                                                   Time now, std::uint64_t after);
/// Returns the code of that step, as a device shows it.
[[nodiscard]] std::string code_at(std::string_view secret, std::uint64_t step);
[[nodiscard]] std::uint64_t step_at(Time now);

/// Returns ten codes of 16 letters and digits, in groups of four. The first letter gives the code's
/// position among the ten; the others are 75 random bits.
[[nodiscard]] std::vector<std::string> make_recovery_codes(Random& random);
/// Returns the code's position among the ten, and its text without separators. Returns nullopt if
/// the text cannot be a recovery code.
struct RecoveryCode {
    std::size_t place = 0;
    std::string text;
};
[[nodiscard]] std::optional<RecoveryCode> recovery_code_of(std::string_view typed);

} // namespace banjie::engine
