#include "api/transport/request_reader.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>

using namespace banjie::api;
using Progress = RequestReader::Progress;

namespace {

std::string const head = "POST /a?x=1 HTTP/1.1\r\nHost: h\r\n";

/// What the reader makes of `bytes` that come cut in two at `cut`.
struct Read {
    Read(std::string_view bytes, std::size_t cut) {
        for (auto const end : {cut, bytes.size()}) {
            std::size_t taken = 0;
            progress = reader.read(bytes.substr(used, end - used), taken);
            used += taken;
            if (progress == Progress::done || progress == Progress::refused) return;
        }
    }
    RequestReader reader;
    Progress progress = Progress::head;
    std::size_t used = 0;
};

} // namespace

TEST_CASE("a request is read alike wherever it is cut, and what comes behind it is left alone") {
    std::array const requests{
        head + "\r\n",
        head + "X: a\r\nY:\r\n\r\n",
        head + "Content-Length: 3\r\n\r\nabc",
        head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    };
    for (auto const& request : requests)
        for (std::string const behind : {"", " folded?", "\r\n", "GET / HTTP/1.1\r\n"})
            for (std::size_t cut = 1; cut < request.size() + behind.size(); ++cut) {
                CAPTURE(request);
                CAPTURE(behind);
                CAPTURE(cut);
                Read read(request + behind, cut);
                REQUIRE(read.progress == Progress::done);
                CHECK(read.used == request.size());
                CHECK(read.reader.request().path == "/a");
                bool const has_body = request.find("abc") != std::string::npos;
                CHECK(read.reader.request().body == (has_body ? "abc" : ""));
            }
}

TEST_CASE("whoever names gzip takes it, unless its weight is nothing") {
    std::pair<std::string, bool> const codings[] = {
        {"Accept-Encoding: gzip, deflate, br, zstd", true},
        {"Accept-Encoding: br\r\naccept-encoding: GZIP;q=0.5", true},
        {"Accept-Encoding: gzip; q=0", false},
        {"Accept-Encoding: br, gzip;q=0.000", false},
        {"Accept-Encoding: x-gzip-not", false},
        {"Accept-Encoding: *", false},
        {"Accept: gzip", false},
    };
    for (auto const& [fields, takes] : codings) {
        CAPTURE(fields);
        std::string const bytes = head + fields + "\r\n\r\n";
        Read read(bytes, bytes.size());
        REQUIRE(read.progress == Progress::done);
        CHECK(read.reader.request().takes_gzip == takes);
    }
}

TEST_CASE("a folded line is refused wherever it is cut") {
    for (std::string const& bytes :
         {head + "X: a\r\n b\r\n\r\n", head + "X: a\r\n\tHost: b\r\n\r\n",
          std::string("POST /a HTTP/1.1\r\n Host: h\r\n\r\n")})
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            CAPTURE(bytes);
            CAPTURE(cut);
            CHECK(Read(bytes, cut).progress == Progress::refused);
        }
}
