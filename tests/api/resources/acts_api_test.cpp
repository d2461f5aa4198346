// What waits for a second person, where the security policy says so.

#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using engine::Role;
using nlohmann::json;

namespace {

json const key = {{"name", "平台"},
                  {"organisation", "360731"},
                  {"roles", {"coordinator"}},
                  {"expires_at", "2026-12-31T00:00:00+08:00"}};

struct Waiting : Door {
    explicit Waiting(json const& acts) {
        hire("second", "36", Role::administrator);
        REQUIRE(ask("admin", "PATCH /api/v1/security", {{"second_person", acts}}).status == 200);
    }
    std::string proposed(std::string const& line, json const& body,
                         std::string const& by = "admin") {
        auto const answered = ask(by, line, body);
        INFO(answered.text);
        REQUIRE(answered.status == 202);
        return answered.body["id"];
    }
    Answered confirm(std::string const& by, std::string const& id) {
        return send(by, "POST /api/v1/acts/" + id + "/confirm");
    }
};

} // namespace

TEST_CASE("a key is made when a second administrator confirms it, for whoever proposed it") {
    Waiting door({"keys"});
    auto const id = door.proposed("POST /api/v1/api-keys", key);
    CHECK(door.send("admin", "GET /api/v1/api-keys").body["items"].empty());
    CHECK(door.confirm("admin", id).code() == "not_of_oneself");
    CHECK(door.confirm("county", id).code() == "unknown_act");
    auto const listed = door.send("second", "GET /api/v1/acts").body["items"];
    REQUIRE(listed.size() == 1);
    CHECK(listed[0]["says"] == "POST /api/v1/api-keys");
    CHECK(listed[0]["request"]["name"] == "平台");
    CHECK(door.send("county", "GET /api/v1/acts").body["items"].empty());
    auto const made = door.confirm("second", id);
    REQUIRE(made.status == 201);
    CHECK(made.body["created_by"] == "admin");
    CHECK(made.body.contains("secret"));
    CHECK(door.confirm("second", id).code() == "unknown_act");
    auto const told = door.send("admin", "GET /api/v1/audit?kind=pending_act").body["items"];
    REQUIRE(told.size() == 2);
    CHECK(told[0]["event"] == "act_confirmed");
    CHECK(told[0]["actor"] == "second");
    CHECK(told[1]["event"] == "act_proposed");
    CHECK(told[1]["actor"] == "admin");
}

TEST_CASE("roles of administrators wait, other roles do not") {
    Waiting door({"roles"});
    CHECK(door.ask("admin", "PATCH /api/v1/users/county", {{"roles", {"visitor"}}}).status == 200);
    auto const id =
        door.proposed("PATCH /api/v1/users/county", {{"roles", {"visitor", "administrator"}}});
    CHECK(door.send("admin", "GET /api/v1/users/county").body["roles"] == json{"visitor"});
    CHECK(door.confirm("second", id).status == 200);
    CHECK(door.send("admin", "GET /api/v1/users/county").body["roles"].size() == 2);
    json fresh = {{"name", "fresh"},
                  {"display_name", "新账号"},
                  {"organisation", "36"},
                  {"roles", {"administrator"}},
                  {"password", "correct horse"}};
    CHECK(door.ask("admin", "POST /api/v1/users", fresh).body["errors"][0]["code"] ==
          "needs_second_person");
    CHECK(door.ask("admin", "PATCH /api/v1/users/county",
                   {{"roles", {"visitor"}}, {"password", "battery staple"}})
              .body["errors"][0]["code"] == "needs_second_person");
}

TEST_CASE("policies wait, their trials do not, and the security policy guards itself") {
    Waiting door({"policy", "security"});
    auto policy = door.send("admin", "GET /api/v1/workflows/problem").body["policy"];
    policy["working_days"]["handle"] = 11;
    CHECK(door.ask("admin", "PUT /api/v1/workflows/problem/policy?dry_run=true", policy).status ==
          200);
    auto const id = door.proposed("PUT /api/v1/workflows/problem/policy", policy);
    CHECK(door.confirm("second", id).status == 200);
    CHECK(door.send("admin", "GET /api/v1/workflows/problem")
              .body["policy"]["working_days"]["handle"] == 11);
    auto const other = door.proposed("PATCH /api/v1/security", {{"second_person", json::array()}});
    CHECK(door.send("admin", "GET /api/v1/security").body["second_person"].size() == 2);
    CHECK(door.confirm("second", other).status == 200);
    CHECK(door.send("admin", "GET /api/v1/security").body["second_person"].empty());
}

TEST_CASE("an act ends by itself, by being withdrawn, and with the rights of its proposer") {
    Waiting door({"keys"});
    auto const withdrawn = door.proposed("POST /api/v1/api-keys", key);
    CHECK(door.send("admin", "POST /api/v1/acts/" + withdrawn + "/withdraw").status == 204);
    CHECK(door.confirm("second", withdrawn).code() == "unknown_act");

    auto const of_one = door.proposed("POST /api/v1/api-keys", key, "county-admin");
    REQUIRE(door.ask("admin", "PATCH /api/v1/users/county-admin", {{"active", false}}).status ==
            200);
    CHECK(door.confirm("second", of_one).code() == "proposer_gone");

    auto const kept = door.proposed("POST /api/v1/api-keys", key);
    {
        engine::Desk later(*door.desk.own_store);
        auto second = engine::Desk::person("second", "36", {Role::administrator});
        CHECK(later.office.acts.list(second).size() == 1);
        later.clock.advance(std::chrono::hours(24 * 4));
        CHECK(later.office.acts.list(second).empty());
        CHECK(later.office.acts.confirm(second, kept).error().code == "unknown_act");
    }
}

TEST_CASE("whoever may not do it is refused at once, and proposes nothing") {
    Waiting door({"keys", "roles", "policy", "security"});
    CHECK(door.ask("county", "POST /api/v1/api-keys", key).code() == "forbidden");
    CHECK(door.ask("county-admin", "PATCH /api/v1/security", {{"password_days", 1}}).code() ==
          "forbidden");
    CHECK(door.send("second", "GET /api/v1/acts").body["items"].empty());
}
