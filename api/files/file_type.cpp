#include "api/files/file_type.hpp"

#include "api/files/office_parts.hpp"
#include "api/files/zip_parts.hpp"
#include "api/limits.hpp"
#include "api/request/refusal_codes.hpp"
#include "engine/text/characters.hpp"

#include <algorithm>
#include <magic.h>
#include <memory>
#include <string>

namespace banjie::api {

using engine::Outcome;
using engine::Refusal;

namespace {

#define BANJIE_OPEN_XML "application/vnd.openxmlformats-officedocument."
constexpr FileType types[] = {
    {"image/jpeg", {"jpg", "jpeg", "jpe", "jfif"}, true},
    {"image/png", {"png"}, true},
    {"image/webp", {"webp"}, true},
    {"image/gif", {"gif"}, true},
    {"image/bmp", {"bmp"}, true},
    {"image/tiff", {"tif", "tiff"}},
    {"image/heic", {"heic", "heif"}},
    {"application/pdf", {"pdf"}, true},
    {"application/ofd", {"ofd"}}, // GB/T 33190
    {BANJIE_OPEN_XML "wordprocessingml.document", {"docx"}},
    {BANJIE_OPEN_XML "spreadsheetml.sheet", {"xlsx"}},
    {BANJIE_OPEN_XML "presentationml.presentation", {"pptx"}},
    {"application/msword", {"doc", "wps"}},
    {"application/vnd.ms-excel", {"xls", "et"}},
    {"application/vnd.ms-powerpoint", {"ppt", "dps"}},
    {"application/rtf", {"rtf", "doc"}},
    {"video/mp4", {"mp4", "m4v"}},
    {"video/quicktime", {"mov"}},
    {"application/zip", {"zip"}},
};

struct Mark {
    std::string_view part; // name of a part that every such file has
    std::string_view type;
};
constexpr Mark zip_marks[] = {
    {"OFD.xml", "application/ofd"},
    {"word/document.xml", BANJIE_OPEN_XML "wordprocessingml.document"},
    {"xl/workbook.xml", BANJIE_OPEN_XML "spreadsheetml.sheet"},
    {"ppt/presentation.xml", BANJIE_OPEN_XML "presentationml.presentation"},
};
constexpr Mark compound_marks[] = {
    {"WordDocument", "application/msword"},
    {"Workbook", "application/vnd.ms-excel"},
    {"Book", "application/vnd.ms-excel"},
    {"PowerPoint Document", "application/vnd.ms-powerpoint"},
};
#undef BANJIE_OPEN_XML

/// Other names that libmagic uses for a kind.
constexpr Mark other_names[] = {
    {"image/x-ms-bmp", "image/bmp"},
    {"image/heif", "image/heic"},
    {"text/rtf", "application/rtf"},
    {"video/x-m4v", "video/mp4"},
};

constexpr std::string_view content_types_part = "[Content_Types].xml";

Refusal unsupported() {
    return {"unsupported_attachment"_code,
            "The file is not a photo, PDF, OFD or office file, MP4 video or ZIP of these.",
            "Save it as one of these."};
}

Refusal with_macros() {
    return {"macros_in_attachment"_code, "The office file has macros.",
            "Save it without macros, or as PDF."};
}

Refusal too_dense() {
    return {"attachment_too_dense"_code,
            "The ZIP has more than " + std::to_string(limits::zip_parts) + " files or " +
                std::to_string(limits::unzipped_bytes >> 20U) + " MiB, or needs a password.",
            "Divide it, and leave out the password."};
}

Outcome<FileType const*> named_or_refused(std::string_view content_type) {
    if (auto const* const type = file_type_named(content_type)) return type;
    return unsupported();
}

bool contains(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Returns whether a record holds programs: of Word, of Excel, or of both.
bool has_macros(std::vector<std::string> const& compound_names) {
    return std::any_of(compound_names.begin(), compound_names.end(), [](auto const& name) {
        return name == "VBA" || name == "Macros" || name.starts_with("_VBA_PROJECT");
    });
}

Outcome<FileType const*> type_of_compound_file(std::string_view bytes) {
    auto const names = compound_file_names(bytes);
    if (has_macros(names)) return with_macros();
    for (auto const& mark : compound_marks)
        if (contains(names, mark.part)) return file_type_named(mark.type);
    return unsupported();
}

bool has_macros(ZipParts const& zip) {
    auto const& parts = zip.parts();
    bool const has_part = std::any_of(parts.begin(), parts.end(), [](auto const& part) {
        return engine::in_small_letters(part.name).ends_with("vbaproject.bin");
    });
    if (has_part) return true;
    // A part of any name is a program if the list of types declares it as one.
    auto const listed = zip.read(std::string(content_types_part), limits::content_types_bytes);
    if (!listed) return true; // may contain one
    auto const said = engine::in_small_letters(*listed);
    return said.find("vbaproject") != std::string::npos ||
           said.find("macroenabled") != std::string::npos;
}

class Magic {
public:
    Magic() : magic_(magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR), magic_close) {
        loaded_ = magic_ != nullptr && magic_load(magic_.get(), nullptr) == 0;
    }
    [[nodiscard]] Outcome<FileType const*> type_of(std::string_view bytes) const {
        auto const* const said =
            loaded_ ? magic_buffer(magic_.get(), bytes.data(), bytes.size()) : nullptr;
        if (said == nullptr)
            return Refusal{"cannot_inspect"_code,
                           "Cannot inspect the file: the system has no room for it now.",
                           "Send it again in a moment.",
                           {},
                           10};
        std::string_view name(said);
        if (name == "application/zip") return unsupported(); // has bytes before the ZIP
        for (auto const& other : other_names)
            if (other.part == name) name = other.type;
        return named_or_refused(name);
    }

private:
    std::unique_ptr<magic_set, void (*)(magic_t)> magic_;
    bool loaded_ = false;
};

Outcome<FileType const*> type_of(Magic const& magic, std::string_view bytes, bool may_be_zip);

Outcome<FileType const*> type_of_zip(Magic const& magic, ZipParts const& zip) {
    std::uint64_t unzipped = 0;
    for (auto const& part : zip.parts()) {
        auto const content = zip.read(part.name, limits::unzipped_bytes - unzipped);
        if (!content) return too_dense();
        unzipped += content->size();
        if (auto const inner = type_of(magic, *content, false); !inner) return inner.error();
    }
    return zip.parts().empty() ? unsupported() : named_or_refused("application/zip");
}

Outcome<FileType const*> type_of(Magic const& magic, std::string_view bytes, bool may_be_zip) {
    if (is_compound_file(bytes)) return type_of_compound_file(bytes);
    if (!bytes.starts_with("PK\3\4") && !bytes.starts_with("PK\5\6")) return magic.type_of(bytes);
    ZipParts const zip(bytes);
    if (!zip.is_readable()) return too_dense();
    std::vector<std::string> names;
    for (auto const& part : zip.parts()) names.push_back(part.name);
    for (auto const& mark : zip_marks) {
        if (!contains(names, mark.part)) continue;
        bool const is_open_xml = contains(names, content_types_part);
        if (is_open_xml && has_macros(zip)) return with_macros();
        if (is_open_xml || mark.type == "application/ofd") return file_type_named(mark.type);
    }
    if (!may_be_zip) return unsupported();
    return type_of_zip(magic, zip);
}

} // namespace

bool FileType::has_ending(std::string_view ending) const {
    return !ending.empty() && std::find(endings.begin(), endings.end(), ending) != endings.end();
}

Outcome<FileType const*> file_type_of(std::string_view bytes) {
    return type_of(Magic(), bytes, true);
}

FileType const* file_type_named(std::string_view content_type) {
    auto const* const found =
        std::find_if(std::begin(types), std::end(types),
                     [&](auto const& type) { return type.content_type == content_type; });
    return found == std::end(types) ? nullptr : found;
}

bool is_known_ending(std::string_view ending) {
    return std::any_of(std::begin(types), std::end(types),
                       [&](auto const& type) { return type.has_ending(ending); });
}

} // namespace banjie::api
