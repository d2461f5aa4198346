#pragma once
// QR codes, by libqrencode.

#include <string>
#include <vector>

namespace banjie::api {

/// Returns the rows of the QR code of that text, from the top, of '1' where it is dark and '0'
/// where it is not; without a margin.
[[nodiscard]] std::vector<std::string> qr_rows(std::string const& text);

} // namespace banjie::api
