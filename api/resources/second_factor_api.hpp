#pragma once
// The second factor of the caller's account.

#include "api/request/exchange.hpp"

namespace banjie::api::second_factor {

inline constexpr engine::FieldSpec begin_form[] = {
    {.name = "password", .required = true, .maximum = 256},
    {.name = "code", .maximum = 32}, // of the factor that is replaced
};
inline constexpr engine::FieldSpec confirm_form[] = {
    {.name = "code", .required = true, .maximum = 32},
};
inline constexpr engine::FieldSpec both_form[] = {
    {.name = "password", .required = true, .maximum = 256},
    {.name = "code", .required = true, .maximum = 32},
};

[[nodiscard]] engine::Outcome<Response> get(Exchange& exchange);
/// Begins an enrolment. Returns 201 {secret, uri, qr}: `qr` is the QR code of the uri, one text of
/// '0' and '1' (dark) for each row.
[[nodiscard]] engine::Outcome<Response> begin(Exchange& exchange);
/// Returns {recovery_codes}, which can never be read again.
[[nodiscard]] engine::Outcome<Response> confirm(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> renew_recovery_codes(Exchange& exchange);
[[nodiscard]] engine::Outcome<Response> remove(Exchange& exchange);

} // namespace banjie::api::second_factor
