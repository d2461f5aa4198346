// The audit by period and text, and as a table.

#include "engine/audit/readings.hpp"
#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

/// Three days, each with a change of the name of an account: 2, 3 and 4 March 2026.
struct Days : Door {
    Days() {
        for (auto const* name : {"甲", "=乙\"", "丙"}) {
            auto& accounts = desk.office.accounts;
            auto user = *accounts.find("county");
            user.display_name = name;
            REQUIRE(accounts.save(engine::system_caller(), user, std::nullopt, std::nullopt)
                        .has_value());
            desk.clock.advance(24h);
        }
        for (auto const* name : {"admin", "county", "township"})
            use_token(name, desk.office.accounts.sign_in(name, "correct horse", "x")->token);
    }
    std::string names(std::string const& query) {
        std::string all;
        auto const page = send("admin", "GET /api/v1/audit?subject=county&kind=user" + query);
        REQUIRE(page.status == 200);
        for (auto const& item : page.body["items"])
            if (item["event"] == "user_changed")
                all += item["fields"]["display_name"].get<std::string>();
        return all;
    }
};

} // namespace

TEST_CASE("the audit is read by days and by what it tells") {
    Days door;
    CHECK(door.names("") == "丙=乙\"甲");
    CHECK(door.names("&from=2026-03-03") == "丙=乙\"");
    CHECK(door.names("&until=2026-03-03") == "=乙\"甲");
    CHECK(door.names("&from=2026-03-03&until=2026-03-03") == "=乙\"");
    CHECK(door.names("&q=丙") == "丙");
    CHECK(door.names("&q=丁") == "");
    CHECK(door.send("admin", "GET /api/v1/audit?from=yesterday").status == 422);
}

TEST_CASE("the table has what the list has, no formula, and its taking is audited") {
    Days door;
    auto const taken =
        door.send("admin", "GET /api/v1/audit/export?subject=county&kind=user&from=2026-03-03");
    REQUIRE(taken.status == 200);
    CHECK(taken.headers.at("Content-Disposition") == "attachment; filename=\"audit.csv\"");
    CHECK(taken.text.starts_with("\xEF\xBB\xBF\"seq\",\"at\""));
    CHECK(std::count(taken.text.begin(), taken.text.end(), '\n') == 3);
    CHECK(taken.text.find("甲") == std::string::npos);
    CHECK(taken.text.find("丙") != std::string::npos);
    auto const told = door.send("admin", "GET /api/v1/audit?kind=export").body["items"];
    REQUIRE(told.size() == 1);
    CHECK(told[0]["event"] == "audit_exported");
    CHECK(told[0]["fields"]["count"] == 2);
    for (auto const* other : {"township", "county"})
        CHECK(door.send(other, "GET /api/v1/audit/export").code() != "");
}

TEST_CASE("the audit is taken as JSON too, and the event says what was asked for") {
    Days door;
    auto const taken =
        door.send("admin", "GET /api/v1/audit/export.json?subject=county&event=user_changed&q=丙");
    REQUIRE(taken.status == 200);
    CHECK(taken.headers.at("Content-Disposition") == "attachment; filename=\"audit.json\"");
    REQUIRE(taken.body["items"].size() == 1);
    CHECK(taken.body["items"][0]["fields"]["display_name"] == "丙");
    CHECK(taken.body["next_cursor"].is_null());
    auto const told = door.send("admin", "GET /api/v1/audit?event=audit_exported").body["items"];
    REQUIRE(told.size() == 1);
    CHECK(told[0]["fields"]["by_q"] == "丙");
    CHECK(told[0]["fields"]["by_subject"] == "county");
    CHECK(door.send("county", "GET /api/v1/audit/export.json").status == 403);
}

TEST_CASE("a reading is in the audit, under the instance that it is about") {
    Days door;
    auto const problem = door.report();
    auto& office = door.desk.office;
    REQUIRE(engine::note_reading(office.documents, door.desk.county,
                                 {.instance = problem, .fields = {"telephone"}, .why = "回访"},
                                 door.desk.clock.now())
                .has_value());
    auto const page = door.send("admin", "GET /api/v1/audit?kind=reading&subject=" + problem);
    REQUIRE(page.body["items"].size() == 1);
    CHECK(page.body["items"][0]["event"] == "read");
    CHECK(page.body["items"][0]["fields"]["why"] == "回访");
}
