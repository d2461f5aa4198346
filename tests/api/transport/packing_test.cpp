#include "api/limits.hpp"
#include "api/transport/packing.hpp"
#include "tests/api/transport/running.hpp"

#include <doctest/doctest.h>

#include <string>
#include <zlib.h>

using namespace banjie::api;

namespace {

std::string unpacked(std::string const& packed) {
    std::string text(1'000'000, '\0');
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    text.resize(stream.total_out);
    inflateEnd(&stream);
    return text;
}

std::string json_of(std::size_t bytes) {
    std::string text = R"({"items": [)";
    while (text.size() < bytes) text += R"({"title": "办结"}, )";
    text.resize(bytes);
    return text;
}

/// Says JSON of as many bytes as the path has it, as text when a query is there.
void tell(Request request, Respond respond) {
    Response response;
    response.body = json_of(std::stoul(request.path.substr(1)));
    if (!request.query.empty()) response.content_type = "text/csv";
    respond(std::move(response));
}

std::string get_of(std::string const& path, std::string const& fields = {}) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

std::string const takes = "Accept-Encoding: gzip\r\n";

} // namespace

TEST_CASE("JSON goes as gzip to who takes it") {
    Running const running(quick(), tell);
    auto client = running.client();
    auto const packed = client.ask(get_of("/100000", takes));
    CHECK(packed.has("Content-Encoding: gzip"));
    CHECK(packed.has("Vary: Accept-Encoding"));
    CHECK(packed.body.size() < 10'000);
    CHECK(unpacked(packed.body) == json_of(100'000));
    auto const plain = client.ask(get_of("/100000"));
    CHECK(plain.body == json_of(100'000));
    CHECK_FALSE(plain.has("Content-Encoding: gzip"));
}

TEST_CASE("what is small or no JSON goes as it is") {
    Running const running(quick(), tell);
    auto client = running.client();
    auto const bound = std::to_string(limits::packed_from_bytes);
    auto const below = std::to_string(limits::packed_from_bytes - 1);
    CHECK(client.ask(get_of("/" + bound, takes)).has("Content-Encoding: gzip"));
    for (auto const& path : {"/" + below, "/" + bound + "?as=text"}) {
        CAPTURE(path);
        CHECK_FALSE(client.ask(get_of(path, takes)).has("Content-Encoding: gzip"));
    }
}
