#include "engine/people/session_tokens.hpp"
#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using nlohmann::json;

namespace {

json const expiry = "2026-12-31T00:00:00+08:00";

json wanted(json roles) {
    return {{"name", "另一平台"},
            {"organisation", "360731"},
            {"roles", std::move(roles)},
            {"expires_at", expiry}};
}

json const account = {{"name", "fresh"},
                      {"display_name", "新账号"},
                      {"organisation", "360731"},
                      {"roles", {"administrator"}},
                      {"password", "correct horse"}};

/// It makes no accounts, passwords or keys, and administers nothing else.
void check_administers_nothing(Door& door, std::string const& key) {
    auto const code = [&](std::string const& line, json const& body) {
        return door.ask(key, line, body).code();
    };
    CHECK(code("POST /api/v1/users", account) == "forbidden");
    CHECK(code("PATCH /api/v1/users/county-admin", {{"password", "battery staple"}}) ==
          "unknown_user");
    CHECK(code("PUT /api/v1/me/password", {{"old_password", "correct horse"},
                                           {"new_password", "battery staple"}}) == "unknown_user");
    CHECK(code("POST /api/v1/api-keys", wanted({"coordinator"})) == "forbidden");
    CHECK(code("PATCH /api/v1/organisations/360731", {{"name", "某县"}}) == "forbidden");
    CHECK(door.send(key, "GET /api/v1/api-keys").code() == "forbidden");
    CHECK(door.send(key, "GET /api/v1/audit").code() == "forbidden");
}

} // namespace

TEST_CASE("a key is not made with the role administrator, and no key administers") {
    Door door;
    auto const refused =
        door.ask("county-admin", "POST /api/v1/api-keys", wanted({"coordinator", "administrator"}));
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"][0]["code"] == "role_not_for_keys");
    auto const made = door.ask("county-admin", "POST /api/v1/api-keys", wanted({"coordinator"}));
    REQUIRE(made.status == 201);
    door.use_token("platform", made.body["secret"]);
    check_administers_nothing(door, "platform");
}

TEST_CASE("a key that an older program made an administrator is none any more") {
    auto const store = storage::open_memory_store();
    {
        engine::Desk desk(*store);
        REQUIRE(desk.import_organisations());
        json const key = {{"hash", engine::session_id_of("bjk_old")},
                          {"name", "旧平台"},
                          {"organisation", "360731"},
                          {"roles", {"administrator", "coordinator"}},
                          {"created_by", "county-admin"},
                          {"created_at", "2026-03-01T00:00:00+08:00"},
                          {"expires_at", expiry}};
        storage::Batch batch;
        batch.documents.push_back({"api_key", "old", 0, key.dump(), ""});
        store->commit(std::move(batch), [](auto const& result) { REQUIRE(result.has_value()); });
    }
    Door door(*store);
    door.hire("county-admin", "360731", engine::Role::administrator);
    door.use_token("platform", "bjk_old");
    CHECK(door.send("platform", "GET /api/v1/me").body["roles"] == json{"coordinator"});
    check_administers_nothing(door, "platform");
}

TEST_CASE("a key ends with its maker, and the list says so") {
    Door door;
    auto const made = door.ask("county-admin", "POST /api/v1/api-keys", wanted({"coordinator"}));
    REQUIRE(made.status == 201);
    CHECK(made.body["in_force"] == true);
    door.use_token("platform", made.body["secret"]);
    REQUIRE(door.send("platform", "GET /api/v1/problems").status == 200);
    REQUIRE(door.ask("admin", "PATCH /api/v1/users/county-admin", {{"active", false}}).status ==
            200);
    CHECK(door.send("platform", "GET /api/v1/problems").code() == "api_key_invalid");
    auto const listed = door.send("admin", "GET /api/v1/api-keys").body["items"];
    REQUIRE(listed.size() == 1);
    CHECK(listed[0]["in_force"] == false);
}

namespace {

/// A platform with a key of the county's coordinator, bounded by that.
void bring_platform(Door& door, json const& scope) {
    auto asked = wanted({"coordinator"});
    asked.update(scope);
    auto const made = door.ask("county-admin", "POST /api/v1/api-keys", asked);
    INFO(made.text);
    REQUIRE(made.status == 201);
    door.use_token("platform", made.body["secret"]);
}

} // namespace

TEST_CASE("a key that reads changes nothing") {
    Door door;
    bring_platform(door, {{"read_only", true}});
    auto const id = door.report();
    CHECK(door.send("platform", "GET /api/v1/problems/" + id).status == 200);
    CHECK(door.send("platform", "GET /api/v1/statistics/summary").status == 200);
    for (auto const& line : {"POST /api/v1/problems/" + id + "/commands/accept",
                             std::string("POST /api/v1/problems/commands/accept"),
                             std::string("POST /api/v1/problems"), "PATCH /api/v1/problems/" + id,
                             std::string("PUT /api/v1/me/settings")})
        CHECK_MESSAGE(door.ask("platform", line, json::object()).code() == "key_out_of_scope",
                      line);
}

TEST_CASE("a key for one workflow sees and does nothing of another") {
    Door door;
    bring_platform(door, {{"workflows", {"round"}}});
    auto const id = door.report();
    CHECK(door.send("platform", "GET /api/v1/rounds").status == 200);
    CHECK(door.send("platform", "GET /api/v1/organisations").status == 200);
    CHECK(door.send("platform", "GET /api/v1/me").status == 200);
    CHECK(door.send("platform", "GET /api/v1/statistics/summary?workflow=round").status == 200);
    for (auto const& line :
         {std::string("GET /api/v1/problems"), "GET /api/v1/problems/" + id,
          std::string("GET /api/v1/work"), std::string("GET /api/v1/notifications"),
          std::string("GET /api/v1/statistics/summary"), std::string("GET /api/v1/events")})
        CHECK_MESSAGE(door.send("platform", line).code() == "key_out_of_scope", line);
    Request feed;
    feed.authorization = door.authorization_of("platform");
    CHECK(door.router.caller_of(feed, Router::Use::passive).error().code == "key_out_of_scope");
}

TEST_CASE("a key for some commands gives no other, alone or to many") {
    Door door;
    bring_platform(door, {{"commands", {"accept"}}});
    auto const id = door.report(), other = door.report("另一条路");
    auto const bulk = [&](char const* command, std::string const& of) {
        return door.ask("platform", std::string("POST /api/v1/problems/commands/") + command,
                        {{"ids", {of}}, {"reason", "重复"}});
    };
    CHECK(door.ask("platform", "POST /api/v1/problems/" + id + "/commands/reject",
                   {{"reason", "重复"}})
              .code() == "key_out_of_scope");
    CHECK(bulk("reject", other).code() == "key_out_of_scope");
    CHECK(door.ask("platform", "PUT /api/v1/me/settings", json::object()).code() ==
          "key_out_of_scope");
    CHECK(door.ask("platform", "POST /api/v1/problems/" + id + "/commands/accept", json::object())
              .status == 200);
    CHECK(door.ask("platform", "POST /api/v1/problems/commands/accept", {{"ids", {other}}})
              .body["done"] == 1);
}

TEST_CASE("a key is used from its addresses alone") {
    Door door;
    bring_platform(door, {{"addresses", {"10.36.0.0/16"}}});
    CHECK(door.send("platform", "GET /api/v1/me", {}, {.address = "10.36.1.7"}).status == 200);
    CHECK(door.send("platform", "GET /api/v1/me", {}, {.address = "10.37.1.7"}).code() ==
          "key_out_of_scope");
}

TEST_CASE("a scope names what there is, and the list shows it") {
    Door door;
    for (auto const& [name, value] : {std::pair("workflows", "lawsuit"),
                                      {"commands", "abolish"},
                                      {"addresses", "10.0.0.1/8"}}) {
        auto asked = wanted({"coordinator"});
        asked[name] = {value};
        auto const refused = door.ask("county-admin", "POST /api/v1/api-keys", asked);
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["field"] == name);
    }
    bring_platform(door, {{"read_only", true}, {"workflows", {"problem"}}});
    auto const key = door.send("county-admin", "GET /api/v1/api-keys").body["items"][0];
    CHECK(key["read_only"] == true);
    CHECK(key["workflows"] == json{"problem"});
    CHECK(key["commands"].empty());
}

TEST_CASE("a key is handed on before its maker leaves, to somebody who could make it") {
    Door door;
    bring_platform(door, {{"read_only", true}});
    auto const id =
        door.send("admin", "GET /api/v1/api-keys").body["items"][0]["id"].get<std::string>();
    auto const line = "POST /api/v1/api-keys/" + id + "/take-over";
    CHECK(door.send("elsewhere", line).code() == "forbidden");
    auto const taken = door.send("admin", line);
    REQUIRE(taken.status == 200);
    CHECK(taken.body["created_by"] == "admin");
    REQUIRE(door.ask("admin", "PATCH /api/v1/users/county-admin", {{"active", false}}).status ==
            200);
    CHECK(door.send("platform", "GET /api/v1/problems").status == 200);
    engine::Desk later(*door.desk.own_store);
    CHECK(later.office.api_keys.find(id)->created_by == "admin");
    CHECK(later.office.api_keys.find(id)->scope.read_only);
}
