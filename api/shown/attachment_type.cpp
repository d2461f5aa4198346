#include "api/shown/attachment_type.hpp"

#include <algorithm>
#include <magic.h>
#include <memory>
#include <string>

namespace banjie::api {

namespace {

struct OfficeType {
    std::string_view part; // that every such file has, by name, in its ZIP
    std::string_view type;
};

#define BANJIE_OPEN_XML "application/vnd.openxmlformats-officedocument."
constexpr OfficeType office_types[] = {
    {"word/document.xml", BANJIE_OPEN_XML "wordprocessingml.document"},
    {"xl/workbook.xml", BANJIE_OPEN_XML "spreadsheetml.sheet"},
    {"ppt/presentation.xml", BANJIE_OPEN_XML "presentationml.presentation"},
};
#undef BANJIE_OPEN_XML

constexpr std::string_view others[] = {"image/jpeg",
                                       "image/png",
                                       "image/webp",
                                       "application/pdf",
                                       "application/msword",
                                       "application/vnd.ms-excel",
                                       "application/vnd.ms-powerpoint"};

bool names(std::string_view zip, std::string_view part) {
    return zip.find(part) != std::string_view::npos;
}

std::string recognised(std::string_view bytes) {
    std::unique_ptr<magic_set, void (*)(magic_t)> const magic(
        magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR), magic_close);
    if (magic == nullptr || magic_load(magic.get(), nullptr) != 0) return {};
    auto const* type = magic_buffer(magic.get(), bytes.data(), bytes.size());
    return type == nullptr ? "" : type;
}

} // namespace

std::optional<std::string_view> attachment_type_of(std::string_view bytes) {
    // Of a ZIP libmagic knows what its first parts are called, and office programs differ there.
    if (bytes.starts_with("PK\3\4")) {
        if (names(bytes, "vbaProject.bin") || !names(bytes, "[Content_Types].xml"))
            return std::nullopt;
        for (auto const& office : office_types)
            if (names(bytes, office.part)) return office.type;
        return std::nullopt;
    }
    auto const type = recognised(bytes);
    auto const* const found = std::find(std::begin(others), std::end(others), type);
    return found == std::end(others) ? std::nullopt : std::optional(*found);
}

bool is_shown_inline(std::string_view type) {
    return type.starts_with("image/") || type == "application/pdf";
}

} // namespace banjie::api
