#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;
using nlohmann::json;

namespace {

std::string reported(Door& door) {
    auto const made = door.ask("township", "POST /api/v1/problems",
                               {{"title", "断头路"},
                                {"description", "三公里"},
                                {"category", "transport"},
                                {"region", "360731100"},
                                {"contact_person", "张三"},
                                {"contact_phone", "13800000000"},
                                {"submit", true}});
    INFO(made.text);
    REQUIRE(made.status == 201);
    CHECK(made.body["contact_person"] == "张**");
    CHECK(made.body["contact_phone"] == "138****0000");
    return made.body["id"];
}

Answered read(Door& door, std::string const& user, std::string const& id, Extra const& extra = {}) {
    return door.ask(user, "POST /api/v1/problems/" + id + "/personal/read",
                    {{"reason", "to call back"}}, extra);
}

} // namespace

TEST_CASE("who handles a problem reads its contact with a reason, and the auditor sees that") {
    Door door;
    auto const id = reported(door);
    auto const detail = door.send("county", "GET /api/v1/problems/" + id).body;
    CHECK(detail["contact_phone"] == "138****0000");
    CHECK(detail["personal"] ==
          json{{"fields", {"contact_person", "contact_phone"}}, {"readable", true}});
    auto const values = read(door, "county", id);
    CHECK(values.status == 200);
    CHECK(values.body["values"] ==
          json{{"contact_person", "张三"}, {"contact_phone", "13800000000"}});
    auto const audit = door.send("admin", "GET /api/v1/audit?kind=reading").body;
    REQUIRE(audit["items"].size() == 1);
    auto const& entry = audit["items"][0];
    CHECK(entry["event"] == "read");
    CHECK(entry["actor"] == "county");
    CHECK(entry["fields"]["instance"] == id);
    CHECK(entry["fields"]["fields"] == json{"contact_person", "contact_phone"});
    CHECK(entry["fields"]["why"] == "to call back");
    CHECK(audit.dump().find("13800000000") == std::string::npos);
}

TEST_CASE("without a reason, or a part in the matter, nobody reads a contact") {
    Door door;
    auto const id = reported(door);
    auto const path = "POST /api/v1/problems/" + id + "/personal/read";
    CHECK(door.ask("county", path, json::object()).body["errors"][0]["field"] == "reason");
    CHECK(door.ask("county", path, {{"reason", "  "}}).status == 422);
    door.hire("seer", "360731", banjie::engine::Role::supervisor);
    CHECK(door.send("seer", "GET /api/v1/problems/" + id).body["personal"]["readable"] == false);
    auto const refused = read(door, "seer", id);
    CHECK(refused.status == 403);
    CHECK(refused.code() == "may_not_read_personal");
    CHECK(read(door, "elsewhere", id).status == 404);
    CHECK(door.send("admin", "GET /api/v1/audit?kind=reading").body["items"].empty());
    CHECK(door.ask("county", "POST /api/v1/rounds/1/personal/read", {{"reason", "x"}}).status ==
          404);
}

TEST_CASE("the answer with the values is kept for no repeated key") {
    Door door;
    auto const id = reported(door);
    CHECK(read(door, "county", id, {.idempotency_key = "once"}).status == 200);
    auto const again = read(door, "county", id, {.idempotency_key = "once"});
    CHECK(again.code() == "secret_shown_once");
    CHECK(again.text.find("13800000000") == std::string::npos);
}

TEST_CASE("a contact that is erased shows so, is read by nobody, and the erasure says why") {
    Door door;
    auto const id = reported(door);
    door.give("county", id, "erase_personal", {{"reason", "the person asked"}});
    auto const detail = door.send("county", "GET /api/v1/problems/" + id).body;
    CHECK(detail["contact_phone"] == "erased");
    CHECK_FALSE(detail.contains("personal"));
    CHECK(read(door, "county", id).code() == "nothing_personal");
    auto const history = door.send("county", "GET /api/v1/problems/" + id + "/history").body;
    CHECK(history["items"].back()["type"] == "personal_erased");
    CHECK(history["items"].back()["fields"]["reason"] == "the person asked");
}

TEST_CASE("one's own data is a file with account, sessions and acts") {
    Door door;
    auto const id = reported(door);
    auto const data = door.send("township", "GET /api/v1/me/data");
    CHECK(data.status == 200);
    CHECK(data.body["account"]["name"] == "township");
    CHECK(data.body["sessions"].size() == 1);
    CHECK(data.body["second_factor"]["enrolled"] == false);
    CHECK(data.body["acts_complete"] == true);
    auto const& newest = data.body["acts"][0];
    CHECK(newest["type"] == "reported");
    CHECK(newest["subject"] == id);
    for (auto const& act : data.body["acts"]) CHECK(act["type"] != "user_created");
    CHECK(data.text.find("13800000000") == std::string::npos);
    CHECK(door.send("", "GET /api/v1/me/data").status == 401);
}
