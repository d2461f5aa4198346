// The security policy through the API, and the three administrators whom it keeps apart.

#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using engine::Role;
using nlohmann::json;

TEST_CASE("the policy is read and changed by the administrators of the province's government") {
    Door door;
    for (auto const* other : {"county-admin", "province", "township"}) {
        CHECK(door.send(other, "GET /api/v1/security").code() == "forbidden");
        CHECK(door.ask(other, "PATCH /api/v1/security", {{"password_days", 90}}).code() ==
              "forbidden");
    }
    auto const before = door.send("admin", "GET /api/v1/security");
    CHECK(before.headers.at("ETag") == "\"0\"");
    CHECK(before.body["password_days"] == 0);
    CHECK(before.body["administrator_idle_minutes"] == 30);
    auto const changed =
        door.ask("admin", "PATCH /api/v1/security", {{"password_days", 90}}, {.if_match = "\"0\""});
    CHECK(changed.status == 200);
    CHECK(changed.body["password_days"] == 90);
    CHECK(changed.body["password_characters"] == 8);
    CHECK(door.ask("admin", "PATCH /api/v1/security", {{"password_days", 9}}, {.if_match = "\"0\""})
              .code() == "version_mismatch");
    auto const told = door.send("admin", "GET /api/v1/audit?kind=security_policy").body["items"];
    REQUIRE(told.size() == 1);
    CHECK(told[0]["event"] == "security_policy_changed");
    CHECK(told[0]["fields"]["password_days"] == 90);
}

TEST_CASE("an administrator is refused from outside of the list of addresses") {
    Door door;
    Extra const office{.address = "10.36.1.7"}, home{.address = "203.0.113.9"};
    CHECK(door.ask("admin", "PATCH /api/v1/security",
                   {{"administrator_addresses", {"10.99.0.0/16"}}}, office)
              .body["errors"][0]["code"] == "locks_out");
    REQUIRE(door.ask("admin", "PATCH /api/v1/security",
                     {{"administrator_addresses", {"10.36.0.0/16"}}}, office)
                .status == 200);
    CHECK(door.send("admin", "GET /api/v1/users", {}, office).status == 200);
    CHECK(door.send("admin", "GET /api/v1/users", {}, home).code() == "address_not_allowed");
    CHECK(door.send("county", "GET /api/v1/problems", {}, home).status == 200);
}

TEST_CASE("sessions tell their browser, and all others end at once with the password") {
    Door door;
    auto const& wrong = json{{"password", "wrong"}};
    CHECK(door.ask("county", "POST /api/v1/me/sessions/end-others", wrong).status == 422);
    auto const again = door.ask("", "POST /api/v1/sessions",
                                {{"username", "county"}, {"password", "correct horse"}});
    REQUIRE(again.status == 201);
    auto const listed = door.send("county", "GET /api/v1/me/sessions").body["items"];
    REQUIRE(listed.size() == 2);
    CHECK(listed[0]["agent"] == "");
    CHECK(door.ask("county", "POST /api/v1/me/sessions/end-others", {{"password", "correct horse"}})
              .status == 204);
    CHECK(door.send("county", "GET /api/v1/me/sessions").body["items"].size() == 1);
}

namespace {

struct Offices : Door {
    Offices() {
        hire("guard", "36", Role::security_administrator);
        hire("reader", "36", Role::auditor);
    }
    void separate() {
        REQUIRE(ask("admin", "PATCH /api/v1/security", {{"separation", true}}).status == 200);
    }
};

json key_for(char const* organisation) {
    return {{"name", "平台"},
            {"organisation", organisation},
            {"roles", {"coordinator"}},
            {"expires_at", "2026-12-31T00:00:00+08:00"}};
}

} // namespace

TEST_CASE("administrators are not kept apart before each office has a holder") {
    Door door;
    auto const refused = door.ask("admin", "PATCH /api/v1/security", {{"separation", true}});
    CHECK(refused.body["errors"][0]["code"] == "office_without_holder");
    CHECK(door.send("admin", "GET /api/v1/security").body["separation"] == false);
}

TEST_CASE("where administrators are apart, each does their own part and no other") {
    Offices door;
    door.separate();
    struct Row {
        char const* line;
        json body;
        std::string who;
    };
    Row const rows[] = {
        {"GET /api/v1/security", nullptr, "guard"},
        {"PATCH /api/v1/security", {{"password_days", 90}}, "guard"},
        {"GET /api/v1/audit", nullptr, "reader"},
        {"GET /api/v1/api-keys", nullptr, "guard"},
        {"POST /api/v1/api-keys", key_for("360731"), "guard"},
        {"PATCH /api/v1/users/county", {{"roles", {"coordinator", "visitor"}}}, "guard"},
        {"PATCH /api/v1/users/county", {{"display_name", "县协调员"}}, "admin"},
        {"PUT /api/v1/calendar/2027", {{"holidays", {"2027-01-01"}}}, "admin"},
        {"PATCH /api/v1/organisations/360731", {{"name", "于都"}}, "admin"},
    };
    for (auto const& row : rows)
        for (std::string const who : {"admin", "guard", "reader"}) {
            auto const answered =
                row.body.is_null() ? door.send(who, row.line) : door.ask(who, row.line, row.body);
            INFO(who, " ", row.line, ": ", answered.text);
            CHECK((answered.status < 300) == (who == row.who));
        }
}
