// Who administers what, through HTTP: every route for administrators, asked by the administrator of
// the province, of one of its departments, of a county and of one of its departments.

#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;
using banjie::engine::Role;
using nlohmann::json;

namespace {

struct Administrator {
    std::string name, organisation;
};

Administrator const administrators[] = {{"admin", "36"},
                                        {"resources-admin", "36-natural-resources"},
                                        {"county-admin", "360731"},
                                        {"transport-admin", "360731-transport"}};

/// Said apart from engine/jurisdiction.cpp, so that the two hold each other.
bool administers(std::string const& organisation, std::string const& place) {
    if (organisation == "36") return true;
    if (organisation == "360731") return place.starts_with("360731");
    return place == organisation;
}

std::string const places[] = {"36",
                              "36-natural-resources",
                              "36-natural-resources-land",
                              "36-follow-up",
                              "3607",
                              "360731",
                              "360731-transport",
                              "360731-finance",
                              "360731100",
                              "360121"};

struct Offices : Door {
    Offices() {
        for (auto const& one : administrators)
            if (one.name.starts_with("resources") || one.name.starts_with("transport"))
                hire(one.name, one.organisation, Role::administrator);
        // Its code begins like that of another department.
        REQUIRE(ask("admin", "PUT /api/v1/organisations/36-natural-resources-land",
                    {{"name", "省土地局"}})
                    .status == 201);
        for (auto const& place : places) hire(clerk_of(place), place, Role::reporter);
    }
    static std::string clerk_of(std::string const& place) { return "clerk." + place; }

    /// Allowed or refused as is right, and the answer.
    Answered checked(Administrator const& by, bool allowed, std::string const& line,
                     json const& body = {}) {
        auto const get = line.starts_with("GET ") || line.starts_with("DELETE ");
        auto answered = get ? send(by.name, line) : ask(by.name, line, body);
        INFO(by.name, " ", line, ": ", answered.text);
        CHECK((answered.status < 300) == allowed);
        bool const refused = answered.code() == "forbidden" || answered.code() == "unknown_user";
        CHECK(refused == !allowed);
        return answered;
    }

    int made = 0;
};

json const expiry = "2026-12-31T00:00:00+08:00";

} // namespace

TEST_CASE("accounts are administered within the own organisation, and nowhere else") {
    Offices door;
    for (auto const& by : administrators)
        for (auto const& place : places) {
            bool const may = administers(by.organisation, place);
            auto const clerk = "/api/v1/users/" + Offices::clerk_of(place);
            door.checked(by, may, "GET /api/v1/users?below=" + place);
            door.checked(by, may, "GET " + clerk);
            door.checked(by, may, "PATCH " + clerk, {{"display_name", "经办"}});
            door.checked(by, may, "PATCH " + clerk, {{"password", "battery staple"}});
            door.checked(by, may, "PATCH " + clerk, {{"active", true}});
            door.checked(by, may, "DELETE " + clerk + "/sessions");
            door.checked(by, may, "POST /api/v1/users",
                         {{"name", "new" + std::to_string(++door.made)},
                          {"display_name", "新账号"},
                          {"organisation", place},
                          {"roles", {"handler"}},
                          {"password", "correct horse"}});
        }
    for (auto const& by : administrators) {
        INFO(by.name);
        for (auto const& user : door.send(by.name, "GET /api/v1/users?limit=200").body["items"])
            CHECK(administers(by.organisation, user["organisation"]));
        // Nobody is moved to where the administrator does not administer.
        bool const chief = by.organisation == "36";
        auto const own = "PATCH /api/v1/users/" + Offices::clerk_of(by.organisation);
        door.checked(by, chief, own, {{"organisation", "360121"}});
    }
}

TEST_CASE("keys are administered within the own organisation, and nowhere else") {
    Offices door;
    for (auto const& by : administrators)
        for (auto const& place : places) {
            bool const may = administers(by.organisation, place);
            json const wanted = {{"name", "平台"},
                                 {"organisation", place},
                                 {"roles", {"handler"}},
                                 {"expires_at", expiry}};
            door.checked(by, may, "POST /api/v1/api-keys", wanted);
            auto const made = door.ask("admin", "POST /api/v1/api-keys", wanted);
            REQUIRE(made.status == 201);
            door.checked(by, may, "DELETE /api/v1/api-keys/" + made.body["id"].get<std::string>());
        }
    for (auto const& by : administrators) {
        INFO(by.name);
        auto const listed = door.checked(by, true, "GET /api/v1/api-keys").body["items"];
        CHECK_FALSE(listed.empty());
        for (auto const& key : listed) CHECK(administers(by.organisation, key["organisation"]));
    }
}

TEST_CASE("organisations are administered within the own one, and nowhere else") {
    Offices door;
    for (auto const& by : administrators)
        for (auto const& place : places) {
            bool const may = administers(by.organisation, place);
            auto const path = "/api/v1/organisations/" + place;
            door.checked(by, may, "PATCH " + path, {{"name", "某单位"}});
            door.checked(by, may, "PUT " + path, {{"name", "某单位"}});
        }
}

TEST_CASE("what holds everywhere is for the administrators of the province's government") {
    Offices door;
    auto const policy = door.send("admin", "GET /api/v1/workflows/problem").body["policy"];
    for (auto const& by : administrators) {
        bool const chief = by.organisation == "36";
        door.checked(by, chief, "POST /api/v1/organisations/import",
                     {{"organisations", {{{"code", "3608"}, {"name", "吉安市"}}}}});
        door.checked(by, chief, "PUT /api/v1/calendar/2027?dry_run=true",
                     {{"holidays", {"2027-01-01"}}, {"makeup_workdays", json::array()}});
        door.checked(by, chief, "PUT /api/v1/calendar/2027",
                     {{"holidays", {"2027-01-01"}}, {"makeup_workdays", json::array()}});
        door.checked(by, chief, "PUT /api/v1/workflows/problem/policy?dry_run=true", policy);
        door.checked(by, chief, "PUT /api/v1/workflows/problem/policy", policy);
        door.checked(by, chief, "GET /api/v1/backups");
        CHECK(door.ask(by.name, "POST /api/v1/backups", json::object()).code() ==
              (chief ? "no_backup_directory" : "forbidden"));
        Extra const from_afar{.address = "10.1.2.3"};
        CHECK(door.send(by.name, "GET /metrics", {}, from_afar).status == (chief ? 200 : 403));
    }
}

TEST_CASE("administrators read the audit of what they administer, and nothing else") {
    Offices door;
    for (auto const& by : administrators) {
        INFO(by.name);
        auto const own = "PATCH /api/v1/users/" + Offices::clerk_of(by.organisation);
        door.checked(by, true, own, {{"display_name", "AUDITED " + by.organisation}});
    }
    for (auto const& by : administrators) {
        auto const audit = door.checked(by, true, "GET /api/v1/audit?limit=200").text;
        for (auto const& other : administrators) {
            INFO(by.name, " of ", other.name);
            CHECK((audit.find("AUDITED " + other.organisation + "\"") != std::string::npos) ==
                  administers(by.organisation, other.organisation));
        }
    }
}

TEST_CASE("the administrator of a department gives no role that oversees the region") {
    Offices door;
    json wanted = {{"name", "overseer"},
                   {"display_name", "监督员"},
                   {"organisation", "36-natural-resources"},
                   {"password", "correct horse"}};
    for (auto const* role : {"coordinator", "screener", "visitor", "supervisor"}) {
        INFO(role);
        wanted["roles"] = {"handler", role};
        auto const key = json{{"name", "平台"},
                              {"organisation", "36-natural-resources"},
                              {"roles", {role}},
                              {"expires_at", expiry}};
        CHECK(door.ask("resources-admin", "POST /api/v1/users", wanted).code() ==
              "role_beyond_department");
        CHECK(door.ask("resources-admin", "POST /api/v1/api-keys", key).code() ==
              "role_beyond_department");
        CHECK(door.ask("resources-admin",
                       "PATCH /api/v1/users/" + Offices::clerk_of("36-natural-resources"),
                       {{"roles", {role}}})
                  .code() == "role_beyond_department");
    }
    // Nor does one become such an account by its password.
    REQUIRE(door.ask("admin", "POST /api/v1/users", wanted).status == 201);
    CHECK(door.ask("resources-admin", "PATCH /api/v1/users/overseer",
                   {{"password", "battery staple"}})
              .code() == "role_beyond_department");
    wanted["name"] = "second";
    wanted["roles"] = {"administrator", "handler"};
    CHECK(door.ask("resources-admin", "POST /api/v1/users", wanted).status == 201);
}
