#pragma once
// QR codes, by libqrencode.

#include <string>
#include <vector>

namespace banjie::api {

/// Returns the rows of the text's QR code, from the top, of '1' for dark and '0' for light, without
/// a margin.
[[nodiscard]] std::vector<std::string> qr_rows(std::string const& text);

} // namespace banjie::api
