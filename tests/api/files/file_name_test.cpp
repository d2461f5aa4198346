#include "api/files/file_name.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;

namespace {

/// The name that is kept of a JPEG that came under this one; empty: refused.
std::string kept(std::string const& name) {
    auto const fitting = fitting_name(name, *file_type_named("image/jpeg"));
    if (fitting) return *fitting;
    CHECK(fitting.error().errors.front().field == "name");
    return "";
}

} // namespace

TEST_CASE("a name ends as the content says") {
    CHECK(kept("塌方 1.jpg") == "塌方 1.jpg");
    CHECK(kept("IMG_1.JPEG") == "IMG_1.JPEG");
    CHECK(kept("扫描.png") == "扫描.jpg");
    CHECK(kept("现场") == "现场.jpg");
    CHECK(kept("第1.2公里") == "第1.2公里.jpg");
    CHECK(kept("2026.11.28") == "2026.11.28.jpg");
    CHECK(kept("K12.5") == "K12.5.jpg");
    auto const old_office = fitting_name("通知.wps", *file_type_named("application/msword"));
    CHECK(*old_office == "通知.wps");
}

TEST_CASE("a name that hides what the file is, or that a system takes for another, is refused") {
    for (auto const* name :
         {"", "现场.hta", "run.bat", "a.jpg.exe", "现场\u202egpj.jpg", "a\u200b.jpg", "a\n.jpg",
          "../a.jpg", "a\\b.jpg", "a:b.jpg", "CON", "con.jpg", "Lpt1.txt.jpg", ".htaccess",
          "a.jpg.", "a.jpg ", "\xff.jpg"}) {
        INFO(name);
        CHECK(kept(name).empty());
    }
    CHECK(kept(std::string(201, 'a')).empty());
}
