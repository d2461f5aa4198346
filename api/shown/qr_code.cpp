#include "api/shown/qr_code.hpp"

#include <memory>
#include <qrencode.h>
#include <stdexcept>

namespace banjie::api {

std::vector<std::string> qr_rows(std::string const& text) {
    std::unique_ptr<QRcode, decltype(&QRcode_free)> const code(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code) throw std::runtime_error("a QR code cannot be made of a text");
    auto const width = static_cast<std::size_t>(code->width);
    std::vector<std::string> rows;
    for (std::size_t y = 0; y < width; ++y) {
        std::string row;
        for (std::size_t x = 0; x < width; ++x)
            row += (code->data[y * width + x] & 1U) != 0 ? '1' : '0';
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace banjie::api
