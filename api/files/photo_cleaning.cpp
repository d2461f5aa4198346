#include "api/files/photo_cleaning.hpp"

#include "api/files/media_boxes.hpp"
#include "api/request/refusal_codes.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <exiv2/exiv2.hpp>
#include <memory>
#include <mutex>

namespace banjie::api {

using engine::Outcome;
using engine::Refusal;

namespace {

constexpr auto orientation_key = "Exif.Image.Orientation";
constexpr std::string_view tiff = "image/tiff";
constexpr std::string_view rewritten[] = {"image/jpeg", "image/png", "image/webp"};
constexpr std::string_view of_boxes[] = {"image/heic", "video/mp4", "video/quicktime"};

Refusal damaged_photo() {
    return {"damaged_photo"_code, "The photo or video cannot be read to its end.",
            "Open it, save it again and send that."};
}

std::unique_ptr<Exiv2::Image> opened(std::string const& bytes) {
    auto image = Exiv2::ImageFactory::open(reinterpret_cast<Exiv2::byte const*>(bytes.data()),
                                           static_cast<long>(bytes.size()));
    image->readMetadata();
    return std::unique_ptr<Exiv2::Image>(image.release());
}

std::string bytes_of(Exiv2::Image& image) {
    auto& stream = image.io();
    if (stream.open() != 0) throw Exiv2::Error(Exiv2::kerDataSourceOpenFailed);
    auto const read = stream.read(static_cast<long>(stream.size()));
    stream.close();
    return {reinterpret_cast<char const*>(read.pData_), static_cast<std::size_t>(read.size_)};
}

/// Returns the photo without any metadata except the orientation.
std::string rewritten_photo(std::string const& bytes) {
    auto const image = opened(bytes);
    auto const turned = image->exifData().findKey(Exiv2::ExifKey(orientation_key));
    Exiv2::ExifData kept;
    if (turned != image->exifData().end())
        kept[orientation_key] = static_cast<std::uint16_t>(turned->toLong());
    image->clearMetadata();
    image->setExifData(kept);
    image->writeMetadata();
    return bytes_of(*image);
}

/// Removes only the tags with metadata, since a TIFF stores its picture among its tags.
std::string silenced_tiff(std::string const& bytes) {
    constexpr std::array tellers{"Exif.Image.Artist",
                                 "Exif.Image.XPAuthor",
                                 "Exif.Image.XPComment",
                                 "Exif.Image.Copyright",
                                 "Exif.Image.ImageDescription",
                                 "Exif.Image.Make",
                                 "Exif.Image.Model",
                                 "Exif.Image.Software",
                                 "Exif.Image.HostComputer",
                                 "Exif.Image.DateTime",
                                 "Exif.Image.GPSTag"};
    auto const image = opened(bytes);
    Exiv2::ExifData kept;
    for (auto const& datum : image->exifData()) {
        auto const key = datum.key();
        bool const tells =
            !key.starts_with("Exif.Image.") ||
            std::any_of(tellers.begin(), tellers.end(), [&](auto one) { return key == one; });
        if (!tells || key.starts_with("Exif.SubImage")) kept.add(datum);
    }
    image->setExifData(kept);
    image->clearXmpData();
    image->clearIptcData();
    image->writeMetadata();
    return bytes_of(*image);
}

/// Removes the chunks of a PNG that hold metadata and that Exiv2 ignores.
std::string without_texts(std::string const& png) {
    constexpr std::size_t signature_bytes = 8, frame_bytes = 12; // length, kind, checksum
    constexpr std::string_view tellers[] = {"tEXt", "zTXt", "iTXt", "tIME"};
    std::string kept = png.substr(0, signature_bytes);
    for (std::size_t at = signature_bytes; at + frame_bytes <= png.size();) {
        std::size_t length = frame_bytes;
        for (unsigned i = 0; i < 4; ++i)
            length += std::size_t{static_cast<unsigned char>(png[at + i])} << (24U - 8 * i);
        if (length > png.size() - at) break;
        auto const kind = std::string_view(png).substr(at + 4, 4);
        if (std::find(std::begin(tellers), std::end(tellers), kind) == std::end(tellers))
            kept.append(png, at, length);
        at += length;
        if (kind == "IEND") break;
    }
    return kept;
}

bool is_one_of(auto const& names, std::string_view name) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

} // namespace

bool is_cleaned(FileType const& type) {
    return type.content_type == tiff || is_one_of(of_boxes, type.content_type) ||
           is_one_of(rewritten, type.content_type);
}

Outcome<std::string> cleaned(std::string bytes, FileType const& type) {
    if (is_one_of(of_boxes, type.content_type)) {
        if (!silence_media(bytes)) return damaged_photo();
        return bytes;
    }
    if (!is_cleaned(type)) return bytes;
    // Exiv2 reads XMP with a toolkit that is shared by the whole process and not thread-safe.
    static std::mutex one_at_a_time;
    std::lock_guard const lock(one_at_a_time);
    Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
    try {
        if (type.content_type == tiff) return silenced_tiff(bytes);
        bytes = rewritten_photo(bytes);
    } catch (std::bad_alloc const&) {
        throw;                              // handled by HttpSession
    } catch (std::exception const& error) { // of Exiv2, or of its parsers
        spdlog::info("A photo is refused: {}", error.what());
        return damaged_photo();
    }
    return type.content_type == "image/png" ? without_texts(bytes) : bytes;
}

} // namespace banjie::api
