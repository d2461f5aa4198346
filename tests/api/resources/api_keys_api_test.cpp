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
