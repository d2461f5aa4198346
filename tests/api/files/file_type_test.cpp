#include "api/files/file_type.hpp"
#include "api/limits.hpp"
#include "tests/api/files/sample_file.hpp"
#include "tests/api/files/zip_file.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;
using testing::sample_file;
using testing::zip_file;

namespace {

/// The content type, or the code of the refusal.
std::string told(std::string const& bytes) {
    auto const type = file_type_of(bytes);
    return type ? std::string((*type)->content_type) : std::string(type.error().code);
}

std::string const pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";
std::string const types = "[Content_Types].xml";

} // namespace

TEST_CASE("what a file is, its content tells") {
    struct Row {
        char const* sample;
        char const* told;
    };
    for (Row const& row : std::vector<Row>{{"ok.jpg", "image/jpeg"},
                                           {"photo.png", "image/png"},
                                           {"photo.webp", "image/webp"},
                                           {"photo.tiff", "image/tiff"},
                                           {"picture.gif", "image/gif"},
                                           {"picture.bmp", "image/bmp"},
                                           {"heic.heic", "image/heic"},
                                           {"ofd.ofd", "application/ofd"},
                                           {"writer.wps", "application/msword"},
                                           {"sheet.et", "application/vnd.ms-excel"},
                                           {"vba.doc", "macros_in_attachment"},
                                           {"macro_hidden.xlsx", "macros_in_attachment"}}) {
        INFO(row.sample);
        CHECK(told(sample_file(row.sample)) == row.told);
    }
    CHECK(told(sample_file("text_mentions_vba.docx")).ends_with("wordprocessingml.document"));
    CHECK(told(pdf) == "application/pdf");
    CHECK(told("{\\rtf1\\ansi text}") == "application/rtf");
    CHECK(told(std::string("\0\0\0\x18"
                           "ftypisom\0\0\2\0isommp42",
                           24)) == "video/mp4");
    for (auto const& other :
         {std::string(), std::string("hello"),
          std::string("\x7f"
                      "ELF\2\1\1"),
          std::string("<!DOCTYPE html><script>alert(1)</script>"),
          std::string("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), std::string("MZ\x90\0\3", 5),
          zip_file({}), zip_file({{"a.txt", "hello"}}), zip_file({{"word/document.xml", "x"}})}) {
        INFO(other);
        CHECK(told(other) == "unsupported_attachment");
    }
}

TEST_CASE("an office file with a program in it is refused, whatever the part is called") {
    auto const with = [](std::string const& part, std::string const& said) {
        return told(zip_file({{types, said}, {"word/document.xml", "x"}, {part, "x"}}));
    };
    CHECK(with("word/media/a.png", "<Types/>").ends_with("wordprocessingml.document"));
    CHECK(with("word/vbaProject.bin", "<Types/>") == "macros_in_attachment");
    CHECK(with("word/VBAPROJECT.BIN", "<Types/>") == "macros_in_attachment");
    CHECK(with("word/m.bin", "<Override ContentType='application/vnd.ms-office.vbaProject'/>") ==
          "macros_in_attachment");
    CHECK(with("word/m.bin", "application/vnd.ms-word.document.macroEnabled.main+xml") ==
          "macros_in_attachment");
}

TEST_CASE("a ZIP is taken when each of its files would be, and within bounds") {
    auto const photo = sample_file("ok.jpg");
    CHECK(told(zip_file({{"a.jpg", photo}, {"b/c.pdf", pdf}})) == "application/zip");
    CHECK(told(zip_file({{"a.ofd", sample_file("ofd.ofd")}})) == "application/zip");
    CHECK(told(zip_file({{"a.jpg", photo}, {"b.exe", "MZ"}})) == "unsupported_attachment");
    CHECK(told(zip_file({{"a.doc", sample_file("vba.doc")}})) == "macros_in_attachment");
    CHECK(told(zip_file({{"a.zip", zip_file({{"a.jpg", photo}})}})) == "unsupported_attachment");
    std::vector<std::pair<std::string, std::string>> many;
    for (std::size_t i = 0; i <= limits::zip_parts; ++i)
        many.emplace_back(std::to_string(i) + ".jpg", photo);
    CHECK(told(zip_file(many)) == "attachment_too_dense");
    auto cut = zip_file({{"a.jpg", photo}});
    cut.resize(cut.size() / 2);
    CHECK(told(cut) == "attachment_too_dense");
    // A hundred and some MiB of zeros behind a picture, in a hundred kilobytes.
    auto const bomb = zip_file({{"a.jpg", photo + std::string(limits::unzipped_bytes, '\0')}});
    REQUIRE(bomb.size() < limits::unzipped_bytes / 500);
    CHECK(told(bomb) == "attachment_too_dense");
}
