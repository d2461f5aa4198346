#include "api/files/zip_parts.hpp"

#include "api/limits.hpp"

#include <zip.h>

namespace banjie::api {

struct ZipParts::Archive {
    zip_t* zip;
};

ZipParts::ZipParts(std::string_view bytes) {
    auto* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    if (source == nullptr) return;
    auto* const zip = zip_open_from_source(source, ZIP_RDONLY, nullptr);
    if (zip == nullptr) {
        zip_source_free(source);
        return;
    }
    archive_ = new Archive{zip};
    auto const count = zip_get_num_entries(zip, 0);
    if (count < 0 || static_cast<std::size_t>(count) > limits::zip_parts) return;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        auto const index = static_cast<zip_uint64_t>(i);
        if (zip_stat_index(zip, index, ZIP_FL_ENC_RAW, &stat) != 0 || stat.name == nullptr) return;
        std::string name(stat.name);
        if (name.ends_with('/')) continue;
        parts_.push_back({std::move(name), stat.size, stat.encryption_method != ZIP_EM_NONE});
    }
    readable_ = true;
}

ZipParts::~ZipParts() {
    if (archive_ == nullptr) return;
    zip_discard(archive_->zip);
    delete archive_;
}

std::optional<std::string> ZipParts::read(std::string const& name, std::uint64_t most) const {
    if (archive_ == nullptr) return std::nullopt;
    auto* const file = zip_fopen(archive_->zip, name.c_str(), ZIP_FL_ENC_RAW);
    if (file == nullptr) return std::nullopt;
    // Counts the bytes that come out, since the size in the directory may be false.
    std::string content;
    char piece[16'384];
    zip_int64_t got = 0;
    while ((got = zip_fread(file, piece, sizeof piece)) > 0) {
        content.append(piece, static_cast<std::size_t>(got));
        if (content.size() > most) break;
    }
    zip_fclose(file);
    if (got != 0) return std::nullopt;
    return content;
}

} // namespace banjie::api
