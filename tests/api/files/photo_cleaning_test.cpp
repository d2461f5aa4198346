#include "api/files/media_boxes.hpp"
#include "api/files/photo_cleaning.hpp"
#include "tests/api/files/sample_file.hpp"

#include <doctest/doctest.h>

#include <exiv2/exiv2.hpp>

using namespace banjie::api;
using testing::sample_file;

namespace {

/// Returns what is left, or the code of the refusal.
std::string left_of(std::string bytes) {
    auto const type = file_type_of(bytes);
    REQUIRE(type.has_value());
    auto left = cleaned(std::move(bytes), **type);
    return left ? *left : std::string(left.error().code);
}

bool tells(std::string const& bytes, std::string_view what) {
    return bytes.find(what) != std::string::npos;
}

/// Of an ISO media file.
std::string box(std::string const& kind, std::string const& content) {
    auto const size = content.size() + 8;
    std::string head;
    for (int shift = 24; shift >= 0; shift -= 8)
        head += static_cast<char>(size >> static_cast<unsigned>(shift));
    return head + kind + content;
}

std::string const heic_brand = box("ftyp", std::string("heic\0\0\0\0mif1heic", 16));

/// A photo of two items, of which the second is Exif.
std::string heic_photo(std::string const& exif) {
    using namespace std::string_literals;
    auto const info = [](char id, std::string const& kind) {
        return box("infe", "\2\0\0\0\0"s + id + "\0\0"s + kind + "\0"s);
    };
    auto const place = [](char id, std::size_t offset, std::size_t length) {
        return "\0"s + id + "\0\0\0\1\0\0"s + static_cast<char>(offset >> 8U) +
               static_cast<char>(offset) + "\0\0"s + static_cast<char>(length >> 8U) +
               static_cast<char>(length);
    };
    auto const whole = [&](std::size_t data_at) {
        auto const places =
            "\0\0\0\0\x44\0\0\2"s + place(1, data_at, 4) + place(2, data_at + 4, exif.size());
        return heic_brand +
               box("meta", "\0\0\0\0"s +
                               box("iinf", "\0\0\0\0\0\2"s + info(1, "hvc1") + info(2, "Exif")) +
                               box("iloc", places)) +
               box("mdat", "PICT" + exif);
    };
    return whole(whole(0).size() - exif.size() - 4);
}

} // namespace

TEST_CASE("a photo is kept without its place, author and device") {
    for (auto const* name : {"photo.jpg", "photo.png", "photo.webp", "photo.tiff"}) {
        INFO(name);
        auto const before = sample_file(name);
        REQUIRE(tells(before, "Zhang San"));
        auto const left = left_of(before);
        for (auto const* what : {"Zhang San", "PHONE-X", "secret words", "GPS", "1380013"})
            CHECK_FALSE(tells(left, what));
        auto const image = Exiv2::ImageFactory::open(
            reinterpret_cast<Exiv2::byte const*>(left.data()), static_cast<long>(left.size()));
        image->readMetadata();
        CHECK(image->pixelWidth() > 0);
        for (auto const& datum : image->exifData()) {
            INFO(datum.key());
            CHECK_FALSE(datum.key().starts_with("Exif.GPSInfo."));
        }
        CHECK(image->xmpData().empty());
        CHECK(image->iptcData().empty());
    }
}

TEST_CASE("how a photo is turned stays") {
    auto const left = left_of(sample_file("photo.jpg"));
    auto const image = Exiv2::ImageFactory::open(reinterpret_cast<Exiv2::byte const*>(left.data()),
                                                 static_cast<long>(left.size()));
    image->readMetadata();
    REQUIRE(image->exifData().count() == 1);
    CHECK(image->exifData()["Exif.Image.Orientation"].toLong() == 6);
}

TEST_CASE("a script between the parts of a picture goes, and what is no photo stays as it was") {
    CHECK_FALSE(tells(left_of(sample_file("poly_hta.jpg")), "script"));
    for (auto const* name : {"ofd.ofd", "writer.wps", "picture.gif", "picture.bmp"})
        CHECK(left_of(sample_file(name)) == sample_file(name));
}

TEST_CASE("a photo that ends in the middle is refused") {
    auto const jpeg = sample_file("photo.jpg");
    CHECK(left_of(jpeg.substr(0, 20)) == "damaged_photo");
    CHECK(left_of(heic_brand + "\1\1\1\1meta") == "damaged_photo");
}

TEST_CASE("Exif in a HEIC is overwritten, its picture is not") {
    auto const before = heic_photo("Exif of Zhang San");
    auto const left = left_of(before);
    CHECK(left.size() == before.size());
    CHECK_FALSE(tells(left, "Zhang San"));
    CHECK(left == before.substr(0, before.size() - 17) + std::string(17, '\0'));
    CHECK(left_of(sample_file("heic.heic")).size() == sample_file("heic.heic").size());
}

TEST_CASE("the place of a film is overwritten, its picture is not") {
    std::string const brand = box("ftyp", std::string("isom\0\0\2\0isommp42", 16));
    std::string const place = box("\xa9xyz", "+25.9500+115.4000/");
    auto const film = [&](std::string const& kind, std::string const& content) {
        return brand +
               box("moov",
                   box("mvhd", "head") + box("trak", box("tkhd", "t") + box(kind, content))) +
               box("mdat", "PICTURES +25.9500");
    };
    CHECK(left_of(film("udta", place)) == film("free", std::string(place.size(), '\0')));
    CHECK(left_of(film("tkhd", place)) == film("tkhd", place));
}

TEST_CASE("boxes that lie about their size are refused, and nothing is changed") {
    for (auto bytes : {std::string("\0\0\0\4free", 8), std::string("\0\0\1\0free", 8),
                       std::string("\0\0\0\1free\0\0\0\0\0\0\0\4", 16), std::string("free")}) {
        auto const before = bytes;
        CHECK_FALSE(silence_media(bytes));
        CHECK(bytes == before);
    }
}
