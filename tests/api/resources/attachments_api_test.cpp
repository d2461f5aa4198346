#include "api/limits.hpp"
#include "engine/limits.hpp"
#include "tests/api/door.hpp"
#include "tests/api/files/sample_file.hpp"
#include "tests/storage/whole_blobs.hpp"

#include <doctest/doctest.h>

#include <future>

using namespace banjie::api;

namespace {

std::string const jpeg = testing::sample_file("ok.jpg");
std::string const pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

Extra const as_bytes{.content_type = "application/octet-stream"};

} // namespace

TEST_CASE("a photo is attached, listed, and comes back as it was, under headers that tame it") {
    Door door;
    auto const path = "/api/v1/problems/" + door.report() + "/attachments";
    auto const added =
        door.send("township", "POST " + path + "?name=塌方 1.jpg&purpose=report", jpeg, as_bytes);
    REQUIRE(added.status == 201);
    CHECK(added.body["content_type"] == "image/jpeg");
    CHECK(added.body["uploaded_by"] == "township");
    auto const listed = door.send("county", "GET " + path);
    REQUIRE(listed.body["items"].size() == 1);
    CHECK(listed.body["items"][0] == added.body);
    auto const one = path + "/" + added.body["id"].get<std::string>();
    auto got = door.send("county", "GET " + one);
    CHECK(got.text == jpeg);
    CHECK(got.headers["Content-Disposition"] ==
          "attachment; filename*=UTF-8''%E5%A1%8C%E6%96%B9%201.jpg");
    CHECK(got.headers["Content-Security-Policy"].find("sandbox") != std::string::npos);
    got = door.send("county", "GET " + one + "?inline=true");
    CHECK(got.headers["Content-Disposition"].starts_with("inline;"));
    CHECK(door.send("elsewhere", "GET " + path).status == 404);
    CHECK(door.send("elsewhere", "GET " + one).code() == "instance_not_found");
    CHECK(door.send("county", "GET " + path + "/nothing").code() == "attachment_not_found");
}

TEST_CASE("a file that has rotted is refused by name, and tells nobody where it lies") {
    Door door;
    auto const id = door.report();
    auto const path = "/api/v1/problems/" + id + "/attachments";
    auto const added =
        door.send("township", "POST " + path + "?name=a.jpg&purpose=report", jpeg, as_bytes);
    auto const one = added.body["id"].get<std::string>();
    auto& blobs = door.desk.office.attachments.blobs();
    auto rotten = jpeg;
    rotten[15] = '~';
    REQUIRE(banjie::storage::put(blobs, id + "." + one, rotten).has_value());
    auto answered = door.send("county", "GET " + path + "/" + one);
    CHECK(answered.status == 503);
    CHECK(answered.code() == "attachment_damaged");
    REQUIRE(blobs.remove(id + "." + one).has_value());
    answered = door.send("county", "GET " + path + "/" + one);
    CHECK(answered.status == 503);
    CHECK(answered.code() == "attachment_unreadable");
    CHECK(answered.text.find("blob") == std::string::npos);
}

TEST_CASE("what was attached by mistake is removed, and only told of afterwards") {
    Door door;
    auto const id = door.report();
    auto const path = "/api/v1/problems/" + id + "/attachments";
    auto const added =
        door.send("township", "POST " + path + "?name=错.jpg&purpose=report", jpeg, as_bytes);
    CHECK(added.body["removable"] == true);
    auto const one = path + "/" + added.body["id"].get<std::string>();
    struct Row {
        char const* user;
        int status;
        char const* code;
    };
    for (Row const& row : std::vector<Row>{{"", 401, "no_session"},
                                           {"elsewhere", 404, "instance_not_found"},
                                           {"admin", 403, "forbidden"},
                                           {"visitor", 403, "attachment_of_another"}}) {
        auto const refused = door.send(row.user, "DELETE " + one);
        CHECK_MESSAGE(refused.status == row.status, row.user);
        CHECK_MESSAGE(refused.code() == row.code, row.user);
    }
    auto const listed = door.send("visitor", "GET " + path).body;
    CHECK(listed["items"][0]["removable"] == false);
    CHECK(door.send("township", "DELETE " + one).status == 204);
    CHECK(door.send("township", "DELETE " + one).code() == "attachment_not_found");
    CHECK(door.send("county", "GET " + one).code() == "attachment_not_found");
    auto const left = door.send("county", "GET " + path).body;
    CHECK(left["items"].empty());
    REQUIRE(left["removed"].size() == 1);
    CHECK(left["removed"][0]["name"] == "错.jpg");
    CHECK(left["removed"][0]["removed_by"] == "township");
    CHECK(left["removed"][0]["sha256"] == added.body["sha256"]);
}

TEST_CASE("what may not be attached is refused by name, and nothing is kept") {
    Door door;
    auto const id = door.report();
    auto const path = "/api/v1/problems/" + id + "/attachments";
    struct Row {
        char const* user;
        std::string query, body;
        int status;
        char const* code;
    };
    for (Row const& row : std::vector<Row>{
             {"", "?name=a.jpg&purpose=report", jpeg, 401, "no_session"},
             {"elsewhere", "?name=a.jpg&purpose=report", jpeg, 404, "instance_not_found"},
             {"admin", "?name=a.jpg&purpose=report", jpeg, 403, "forbidden"},
             {"township", "?purpose=report", jpeg, 422, "invalid_fields"},
             {"township", "?name=../a.jpg&purpose=report", jpeg, 422, "invalid_fields"},
             {"township", "?name=a.jpg&purpose=fun", jpeg, 422, "invalid_fields"},
             {"township", "?name=a.jpg", jpeg, 422, "invalid_fields"},
             {"township", "?name=a.jpg&purpose=report", "", 415, "unsupported_attachment"},
             {"township", "?name=a.jpg&purpose=report", "<html>", 415, "unsupported_attachment"}}) {
        auto const answered = door.send(row.user, "POST " + path + row.query, row.body, as_bytes);
        INFO(row.query, answered.text);
        CHECK(answered.status == row.status);
        CHECK(answered.code() == row.code);
    }
    CHECK(door.send("county", "GET " + path).body["items"].empty());
}

TEST_CASE("the same key and file are attached once") {
    Door door;
    auto const line =
        "POST /api/v1/problems/" + door.report() + "/attachments?name=a.pdf&purpose=report";
    Extra const keyed{.idempotency_key = "k", .content_type = "application/pdf"};
    auto const first = door.send("township", line, pdf, keyed);
    CHECK(door.send("township", line, pdf, keyed).body == first.body);
    CHECK(door.send("township", line, jpeg, keyed).status == 422);
}

namespace {

/// What the door says to a body of so many bytes before it comes; 0: it may.
struct Announcement {
    Door& door;
    std::string address = "10.0.0.1";
    Request request{};

    int ask(std::string const& user, std::string const& path, std::size_t bytes) {
        request = Request();
        request.method = Method::post;
        request.path = path;
        request.query = {{"name", "a.jpg"}, {"purpose", "report"}};
        request.authorization = door.authorization_of(user);
        request.address = address;
        auto const refused = door.router.admit_body(request, bytes);
        CHECK(request.path == path);
        CHECK((request.file != nullptr) == !refused);
        return refused ? refused->status : 0;
    }
    /// All of it has come.
    int send() {
        std::promise<int> status;
        door.router.handle(std::move(request), [&status](Response const& response) {
            status.set_value(response.status);
        });
        return status.get_future().get();
    }
};

} // namespace

TEST_CASE("a large body is admitted for files alone, from those who may attach them there") {
    Door door;
    door.hire("supervisor", "360731", banjie::engine::Role::supervisor);
    Announcement announced{door};
    auto const path = "/api/v1/problems/" + door.report() + "/attachments";
    auto const most = banjie::engine::limits::attachment_bytes;
    CHECK(announced.ask("county", path, most) == 0);
    CHECK(announced.ask("county", path, most + 1) == 413);
    CHECK(announced.ask("", path, most) == 401);
    CHECK(announced.ask("supervisor", path, most) == 403);
    CHECK(announced.ask("elsewhere", path, most) == 404);
    CHECK(announced.ask("county", "/api/v1/problems/nothing/attachments", most) == 404);
    CHECK(announced.ask("county", "/api/v1/problems", most) == 413);
    CHECK(announced.ask("county", "/nowhere", most) == 413);
}

TEST_CASE("a file goes to its place as it comes, and one that is broken off leaves nothing") {
    Door door;
    auto& blobs = door.desk.office.attachments.blobs();
    auto const path = "/api/v1/problems/" + door.report() + "/attachments";
    Announcement one{door}, two{door}, broken_off{door};
    for (auto* announced : {&one, &two, &broken_off})
        REQUIRE(announced->ask("township", path, pdf.size()) == 0);
    REQUIRE(one.request.file->append(pdf.substr(0, 10)).has_value());
    REQUIRE(broken_off.request.file->append(pdf.substr(0, 10)).has_value());
    REQUIRE(two.request.file->append("<html>").has_value());
    REQUIRE(one.request.file->append(pdf.substr(10)).has_value());
    broken_off.request = Request();
    CHECK(two.send() == 415);
    CHECK(one.send() == 201);
    auto const listed = door.send("county", "GET " + path).body["items"];
    REQUIRE(listed.size() == 1);
    CHECK(door.send("county", "GET " + path + "/" + listed[0]["id"].get<std::string>()).text ==
          pdf);
    CHECK(blobs.on_probation().value().empty());
}

TEST_CASE("an account sends so many files at once, and leaves room for others") {
    Door door;
    auto const path = "/api/v1/problems/" + door.report() + "/attachments";
    auto const most = banjie::engine::limits::attachment_bytes;
    std::vector<Announcement> all(limits::bodies.caller / limits::arriving_file_bytes,
                                  Announcement{door});
    for (auto& one : all) CHECK(one.ask("county", path, most) == 0);
    Announcement other{door};
    CHECK(other.ask("county", path, most) == 503);
    CHECK(other.ask("township", path, most) == 0);
    all.pop_back();
    CHECK(other.ask("county", path, most) == 0);
}

TEST_CASE("the quotas are asked before a file comes") {
    Door door;
    auto const path = "/api/v1/problems/" + door.report() + "/attachments";
    for (std::size_t i = 0; i < banjie::engine::limits::attachments_per_instance; ++i)
        REQUIRE(door.send("county", "POST " + path + "?name=a.pdf&purpose=report", pdf, as_bytes)
                    .status == 201);
    CHECK(Announcement{door}.ask("county", path, 5'000) == 409);
}
