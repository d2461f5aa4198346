// Bodies that are files, over sockets: written as they come, read as they are taken.

#include "api/request/rooms.hpp"
#include "tests/api/transport/running.hpp"
#include "tests/storage/place.hpp"
#include "tests/storage/whole_blobs.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace banjie;
using namespace banjie::api;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t mib = 1'048'576;

/// Writes what is sent into one blob after the other, and says what it has got.
struct Archive {
    [[nodiscard]] AdmitBody admission() {
        return [this](Request& request, std::uint64_t) {
            request.file = blobs->begin("file." + std::to_string(++begun), 0).value();
            return std::optional<Response>();
        };
    }
    static void take(Request const& request, Respond const& respond) {
        CHECK((request.file == nullptr || request.body.empty()));
        auto const bytes = request.file ? request.file->bytes().value() : request.body;
        respond({.body = std::string(bytes), .headers = {}});
    }
    [[nodiscard]] bool is_empty() const { return blobs->on_probation().value().empty(); }

    storage::Place place;
    std::unique_ptr<storage::Blobs> blobs = storage::open_blob_files(place.path("blobs")).value();
    std::atomic<int> begun = 0;
};

/// A blob that holds the same letter all over, and fails to be read from some place on.
struct Letters final : storage::Blob {
    explicit Letters(std::uint64_t bytes, std::uint64_t readable = UINT64_MAX)
        : bytes(bytes), readable(readable) {}
    std::uint64_t size() const override { return bytes; }
    storage::Result<void> read(std::uint64_t offset, std::span<char> place) const override {
        if (offset + place.size() > readable)
            return storage::Failure{storage::Fault::unreadable, "a bad sector"};
        std::fill(place.begin(), place.end(), 'x');
        return {};
    }
    std::uint64_t bytes, readable;
};

Handle giving(std::shared_ptr<storage::Blob const> blob) {
    return [blob = std::move(blob)](Request const& request, Respond const& respond) {
        if (request.path == "/text") return respond({.body = "text", .headers = {}});
        respond({.headers = {}, .file = blob, .account = request.authorization});
    };
}

std::string put(std::size_t bytes) {
    return "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

std::string as(std::string const& account) {
    return "GET /a HTTP/1.1\r\nHost: h\r\nAuthorization: " + account + "\r\n\r\n";
}

std::string text_of(std::size_t bytes) {
    std::string text(bytes, '\0');
    for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>('a' + i % 23);
    return text;
}

} // namespace

TEST_CASE("a body is written as it comes, and what comes behind it is the next request") {
    Archive archive;
    auto options = quick();
    options.admit_body = archive.admission();
    Running const running(options, Archive::take);
    auto client = running.client();
    auto const large = text_of(3 * mib);
    client.say(put(large.size()) + large + put(3) + "abc");
    CHECK(client.hear().body == large);
    CHECK(client.hear().body == "abc");
    auto const chunk = text_of(5'000);
    CHECK(client
              .ask("PUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n" +
                   chunk.substr(0, 0x1000) + "\r\n388\r\n" + chunk.substr(0x1000) + "\r\n0\r\n\r\n")
              .body == chunk);
    CHECK(archive.begun == 2);
    CHECK(eventually([&] { return archive.is_empty(); }));
}

TEST_CASE("a body that ends early leaves nothing on the disk") {
    Archive archive;
    auto options = quick();
    options.admit_body = archive.admission();
    Running const running(options, Archive::take);
    {
        auto client = running.client();
        client.say(put(mib) + text_of(10'000));
        CHECK(eventually([&] { return !archive.is_empty(); }));
    }
    CHECK(eventually([&] { return archive.is_empty(); }));
}

TEST_CASE("a body that comes too slowly leaves nothing on the disk") {
    Archive archive;
    auto options = quick();
    options.body_time = 30ms;
    options.admit_body = archive.admission();
    Running const running(options, Archive::take);
    CHECK(running.client().ask(put(mib) + text_of(10'000)).status == 408);
    CHECK(archive.begun == 1);
    CHECK(eventually([&] { return archive.is_empty(); }));
}

TEST_CASE("a disk that fills up while a body comes refuses it, and the others go on") {
    struct Full final : storage::NewBlob {
        std::string const& id() const override { return name; }
        storage::Result<void> append(std::string_view bytes) override {
            if ((left -= std::min(left, bytes.size())) > 0) return {};
            return storage::Failure{storage::Fault::no_space, "full"};
        }
        storage::Result<std::string_view> bytes() override { return std::string_view(); }
        storage::Result<void> finish() override { return {}; }
        storage::Result<void> replace() override { return {}; }
        std::string name;
        std::size_t left = 100'000;
    };
    auto options = quick();
    options.admit_body = [](Request& request, std::uint64_t) {
        request.file = std::make_shared<Full>();
        return std::optional<Response>();
    };
    Running const running(options, Archive::take);
    auto const refused = running.client().ask(put(mib) + text_of(mib));
    CHECK(refused.status == 507);
    CHECK(refused.body.find("\"code\":\"no_space\"") != std::string::npos);
    CHECK(running.client().ask(put(3) + "abc").body == "abc");
}

TEST_CASE("a file is sent whole, and its connection goes on") {
    for (std::uint64_t const bytes :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{limits::file_piece_bytes},
          std::uint64_t{5 * mib + 1}}) {
        CAPTURE(bytes);
        Running const running(quick(), giving(std::make_shared<Letters>(bytes)));
        auto client = running.client();
        client.say(get + "GET /text HTTP/1.1\r\nHost: h\r\n\r\n");
        CHECK(client.hear().body == std::string(bytes, 'x'));
        CHECK(client.hear().body == "text");
        client.say("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /text HTTP/1.1\r\nHost: h\r\n\r\n");
        CHECK(client.hear(false).has("Content-Length: " + std::to_string(bytes)));
        CHECK(client.hear().body == "text");
    }
}

TEST_CASE("a file that cannot be read to its end is cut off, and nobody takes it for whole") {
    Running const running(quick(), giving(std::make_shared<Letters>(5 * mib, 2 * mib)));
    auto client = running.client();
    client.say(get);
    auto const cut = client.hear();
    CHECK(cut.has("Content-Length: " + std::to_string(5 * mib)));
    CHECK(cut.body.size() <= 2 * mib);
    CHECK(eventually([&] { return running.server.connections() == 0; }));
    CHECK(running.client().ask("GET /text HTTP/1.1\r\nHost: h\r\n\r\n").body == "text");
}

TEST_CASE("a file that is not taken counts as the piece that is in memory") {
    auto options = quick();
    constexpr auto piece = limits::file_piece_bytes;
    options.answers = std::make_shared<Rooms>(Shares{3 * piece, 2 * piece, 3 * piece});
    Running const running(options, giving(std::make_shared<Letters>(64 * mib)));
    auto const silent = [&](std::string const& account) {
        auto client = std::make_unique<Client>(running.server.port());
        client->receive_buffer(4'096);
        client->say(as(account));
        CHECK(client->hear(false).status == 200);
        return client;
    };
    auto one = silent("a");
    auto const two = silent("a");
    CHECK(running.client().ask(as("a")).status == 503);
    auto const other = silent("b");
    CHECK(running.client().ask(as("c")).status == 503); // of all together
    one.reset();
    CHECK(eventually([&] {
        auto client = running.client();
        client.say(as("a"));
        return client.hear(false).status == 200;
    }));
}

TEST_CASE("a client that takes nothing of a file any more is dropped") {
    auto options = quick();
    options.write_time = 50ms;
    Running const running(options, giving(std::make_shared<Letters>(64 * mib)));
    auto client = running.client();
    client.receive_buffer(4'096);
    client.say(get);
    CHECK(client.hear(false).status == 200);
    CHECK(eventually([&] { return running.server.connections() == 0; }));
}
