// Notifications, settings, API keys, audit, similar problems, and the dry run of a policy.

#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;
using nlohmann::json;

namespace {

/// Kinds of the notifications that an account has, newest first.
std::vector<std::string> kinds_of(Door& door, std::string const& user) {
    std::vector<std::string> kinds;
    auto const page = door.send(user, "GET /api/v1/notifications").body;
    for (auto const& item : page["items"]) kinds.push_back(item["kind"]);
    return kinds;
}

using Kinds = std::vector<std::string>;

} // namespace

TEST_CASE("each hears of what the policy says that they should, and not of what they did") {
    Door door;
    auto const id = door.report("断头路");
    CHECK(kinds_of(door, "county") == Kinds{"reported"});
    CHECK(kinds_of(door, "city").empty());
    CHECK(kinds_of(door, "elsewhere").empty());
    CHECK(kinds_of(door, "township").empty());
    door.give("county", id, "accept");
    door.give("county", id, "assign", {{"lead_unit", "360731-transport"}});
    CHECK(kinds_of(door, "department") == Kinds{"assigned"});
    CHECK(kinds_of(door, "township") == Kinds{"assigned", "accepted"});
    auto const heard = door.send("department", "GET /api/v1/notifications?lang=en");
    CHECK(heard.body["items"][0]["title"] == "断头路");
    CHECK(heard.body["items"][0]["text"] == "Assigned to you: please acknowledge");
    CHECK(heard.body["items"][0]["instance"] == id);
    door.give("department", id, "decline", {{"reason", "不属于本单位"}});
    CHECK(kinds_of(door, "county") == Kinds{"declined", "reported"});
    CHECK(kinds_of(door, "department").empty()); // no longer theirs to see
    CHECK(door.send("department", "GET /api/v1/notifications").body["unread"] == 0);
}

TEST_CASE("the light that comes on is told too") {
    Door door;
    auto const id = door.report();
    door.give("county", id, "accept");
    door.give("county", id, "assign", {{"lead_unit", "360731-transport"}});
    door.desk.clock.advance(std::chrono::hours(24 * 60));
    while (door.desk.office.engine.wake_due().fired > 0) {
    }
    // The sessions have expired meanwhile.
    auto const page = door.desk.office.notifications.page(door.desk.department, false, 0, 10);
    REQUIRE(page.has_value());
    CHECK(page->items.front().kind == "overdue");
    CHECK(page->items.front().text.en == "Overdue");
}

TEST_CASE("what has been read stays read, one by one or all at once, for that account alone") {
    Door door;
    for (auto const* title : {"一", "二", "三"}) static_cast<void>(door.report(title));
    auto const all = door.send("county", "GET /api/v1/notifications").body;
    CHECK(all["unread"] == 3);
    auto const second = all["items"][1]["id"];
    auto answered =
        door.ask("county", "POST /api/v1/notifications/read", {{"ids", json::array({second})}});
    CHECK(answered.body["unread"] == 2);
    auto const unread = door.send("county", "GET /api/v1/notifications?unread=true").body;
    CHECK(unread["items"].size() == 2);
    auto const page = door.send("county", "GET /api/v1/notifications?limit=2").body;
    CHECK(page["items"].size() == 2);
    auto const rest = door.send("county", "GET /api/v1/notifications?limit=2&cursor=" +
                                              page["next_cursor"].get<std::string>());
    CHECK(rest.body["items"].size() == 1);
    CHECK(rest.body["next_cursor"].is_null());
    answered =
        door.ask("county", "POST /api/v1/notifications/read", {{"up_to", all["items"][0]["id"]}});
    CHECK(answered.body["unread"] == 0);
    for (auto const& body :
         {json::object(), json{{"ids", "1"}}, json{{"up_to", 1}}, json{{"ids", {"x"}}}})
        CHECK(door.ask("county", "POST /api/v1/notifications/read", body).status == 422);
}

TEST_CASE("a start derives the same notifications again") {
    Door door;
    auto const id = door.report();
    door.give("county", id, "accept");
    auto const before = kinds_of(door, "township");
    banjie::engine::Office again(*door.desk.own_store, door.desk.clock, door.desk.random);
    REQUIRE(again.load().has_value());
    auto const page = again.notifications.page(door.desk.township, false, 0, 10).value();
    Kinds kinds;
    for (auto const& item : page.items) kinds.push_back(item.kind);
    CHECK(kinds == before);
}

TEST_CASE("settings come back as they were put, and are one's own") {
    Door door;
    CHECK(door.send("county", "GET /api/v1/me/settings").body == json::object());
    json const settings = {{"columns", {"title", "due_at"}}, {"language", "zh"}};
    auto const put = door.ask("county", "PUT /api/v1/me/settings", settings);
    CHECK(put.body == settings);
    CHECK(door.send("county", "GET /api/v1/me/settings").body == settings);
    CHECK(door.send("city", "GET /api/v1/me/settings").body == json::object());
    CHECK(door.ask("county", "PUT /api/v1/me/settings", settings, {.if_match = "\"9\""}).status ==
          412);
    CHECK(door.ask("county", "PUT /api/v1/me/settings", {{"x", std::string(17'000, 'x')}}).status ==
          413);
}

TEST_CASE("a key is shown once, is good for what it stands for, and ends when revoked") {
    Door door;
    json const wanted = {{"name", "12345热线"},
                         {"organisation", "360731100"},
                         {"roles", {"reporter"}},
                         {"expires_at", "2026-12-01T00:00:00+08:00"}};
    CHECK(door.ask("county", "POST /api/v1/api-keys", wanted).status == 403);
    auto const made = door.ask("county-admin", "POST /api/v1/api-keys", wanted);
    REQUIRE(made.status == 201);
    std::string const secret = made.body["secret"];
    CHECK(secret.starts_with("bjk_"));
    auto const listed = door.send("admin", "GET /api/v1/api-keys");
    CHECK(listed.body["items"].size() == 1);
    CHECK(listed.text.find(secret) == std::string::npos);
    CHECK(listed.body["items"][0]["last_used_on"].is_null());
    door.use_token("platform", secret);
    CHECK(door.send("platform", "GET /api/v1/me").body["display_name"] == "12345热线");
    auto const reported = door.ask("platform", "POST /api/v1/problems",
                                   {{"title", "断头路"},
                                    {"description", "三公里"},
                                    {"category", "transport"},
                                    {"region", "360731100"},
                                    {"submit", true}});
    CHECK(reported.status == 201);
    CHECK(door.send("platform", "GET /api/v1/api-keys").status == 403);
    CHECK(door.send("admin", "GET /api/v1/api-keys").body["items"][0]["last_used_on"] ==
          "2026-03-02");
    auto const one = "DELETE /api/v1/api-keys/" + made.body["id"].get<std::string>();
    CHECK(door.send("county", one).status == 403);
    CHECK(door.send("admin", one).status == 204);
    CHECK(door.send("admin", one).code() == "unknown_api_key");
    CHECK(door.send("platform", "GET /api/v1/me").code() == "api_key_invalid");
}

TEST_CASE("a key that has expired, or asks for too much, is refused") {
    Door door;
    auto const ask = [&](char const* organisation, char const* role, char const* until) {
        return door.ask("county-admin", "POST /api/v1/api-keys",
                        {{"name", "平台"},
                         {"organisation", organisation},
                         {"roles", {role}},
                         {"expires_at", until}});
    };
    CHECK(ask("36", "reporter", "2026-12-01T00:00:00+08:00").status == 403);
    CHECK(ask("360731", "system", "2026-12-01T00:00:00+08:00").status == 422);
    CHECK(ask("360731", "coordinator", "2026-01-01T00:00:00+08:00").code() == "invalid_api_key");
    CHECK(ask("360731", "coordinator", "2036-01-01T00:00:00+08:00").code() == "invalid_api_key");
    auto const made = ask("360731", "coordinator", "2026-03-03T00:00:00+08:00");
    REQUIRE(made.status == 201);
    door.use_token("platform", made.body["secret"]);
    CHECK(door.send("platform", "GET /api/v1/problems").status == 200);
    door.desk.clock.advance(std::chrono::hours(24));
    CHECK(door.send("platform", "GET /api/v1/problems").status == 401);
}

TEST_CASE("the audit shows administrators who changed what in their region, newest first") {
    Door door;
    static_cast<void>(door.report());
    auto const create = [&](char const* by, char const* name, char const* organisation) {
        return door.ask(by, "POST /api/v1/users",
                        {{"name", name},
                         {"display_name", "新人"},
                         {"organisation", organisation},
                         {"roles", {"handler"}},
                         {"password", "correct horse"}});
    };
    REQUIRE(create("county-admin", "newcomer", "360731-transport").status == 201);
    REQUIRE(create("admin", "provincial", "36").status == 201);
    CHECK(door.send("county", "GET /api/v1/audit").status == 403);
    auto const seen = door.send("admin", "GET /api/v1/audit?limit=1");
    REQUIRE(seen.body["items"].size() == 1);
    CHECK(seen.body["items"][0]["actor"] == "admin");
    CHECK(seen.body["items"][0]["fields"]["user"] == "provincial");
    CHECK(seen.text.find("correct horse") == std::string::npos);
    auto const older = door.send("admin", "GET /api/v1/audit?limit=1&cursor=" +
                                              seen.body["next_cursor"].get<std::string>());
    CHECK(older.body["items"][0]["actor"] == "county-admin");
    auto const audit = door.send("county-admin", "GET /api/v1/audit").body;
    for (auto const& item : audit["items"]) CHECK(item["fields"].value("user", "") != "provincial");

    SUBCASE("of one kind, by one account") {
        REQUIRE(
            door.ask("admin", "PATCH /api/v1/organisations/360731", {{"name", "雩都县"}}).status ==
            200);
        auto const renamed = door.send("admin", "GET /api/v1/audit?kind=organisation&actor=admin");
        REQUIRE(renamed.body["items"].size() == 1);
        CHECK(renamed.body["items"][0]["subject"] == "360731");
        auto const none = door.send("admin", "GET /api/v1/audit?kind=organisation&actor=county");
        CHECK(none.body["items"].empty());
    }
}

TEST_CASE("the audit tells from which address, to administrators alone") {
    Door door;
    auto const rename = [&](char const* address, char const* name) {
        CHECK(door.ask("admin", "PATCH /api/v1/organisations/360731", {{"name", name}},
                       {.address = address})
                  .status == 200);
    };
    rename("203.0.113.7", "雩都县");
    rename("2001:db8::7", "于都县");
    auto const renamed = door.send("admin", "GET /api/v1/audit?subject=360731").body["items"];
    REQUIRE(renamed.size() == 2);
    CHECK(renamed[0]["address"] == "2001:db8::7");
    CHECK(renamed[1]["address"] == "203.0.113.7");

    // What is attached to problems is told to everybody who sees them, without it.
    auto const id = door.report();
    CHECK(door.send("township", "POST /api/v1/problems/" + id + "/attachments?name=a.txt", "hello",
                    {.content_type = "text/plain", .address = "203.0.113.8"})
              .status < 500);
    for (auto const& event : door.desk.own_store->events_after(0, 1'000).value())
        CHECK(event.body.find("203.0.113.8") == std::string::npos);

    // Written before addresses were kept.
    REQUIRE(door.desk.office.documents
                .write(door.desk.administrator, {{.kind = "policy",
                                                  .id = "problem",
                                                  .expected_version = std::nullopt,
                                                  .body = "{}",
                                                  .event = "policy_saved",
                                                  .said = {}}})
                .has_value());
    auto const old = door.send("admin", "GET /api/v1/audit?kind=policy").body["items"];
    REQUIRE(old.size() == 1);
    CHECK_FALSE(old[0].contains("address"));
}

TEST_CASE("who signed in, and who failed to as whom, is audited where they belong") {
    Door door;
    door.hire("clerk", "360731100", banjie::engine::Role::reporter);
    auto const sign_in = [&](char const* name, char const* password) {
        return door
            .ask("", "POST /api/v1/sessions", {{"username", name}, {"password", password}},
                 {.address = "203.0.113.9"})
            .status;
    };
    CHECK(sign_in("clerk", "wrong horse") == 401);
    CHECK(sign_in("nobody", "wrong horse") == 401);
    auto const seen =
        door.send("county-admin", "GET /api/v1/audit?kind=sign_in&subject=clerk").body["items"];
    REQUIRE(seen.size() == 2); // hired, they were signed in
    CHECK(seen[0]["event"] == "sign_in_failed");
    CHECK(seen[0]["actor"] == "");
    CHECK(seen[0]["address"] == "203.0.113.9");
    CHECK(seen[1]["event"] == "signed_in");
    CHECK(seen[1]["actor"] == "clerk");
    CHECK(door.send("elsewhere", "GET /api/v1/audit?kind=sign_in").status == 403);
    auto const all = door.send("admin", "GET /api/v1/audit?kind=sign_in");
    CHECK(all.text.find("nobody") == std::string::npos);
}

TEST_CASE("with a first password one may change it, and nothing else") {
    Door door;
    REQUIRE(door.ask("admin", "POST /api/v1/users",
                     {{"name", "newcomer"},
                      {"display_name", "新人"},
                      {"organisation", "36"},
                      {"roles", {"administrator"}},
                      {"password", "correct horse"}})
                .body["must_change_password"] == true);
    auto const session = door.ask("", "POST /api/v1/sessions",
                                  {{"username", "newcomer"}, {"password", "correct horse"}});
    CHECK(session.body["user"]["must_change_password"] == true);
    door.use_token("newcomer", session.body["token"]);
    CHECK(door.send("newcomer", "GET /api/v1/me").body["must_change_password"] == true);
    for (auto const& route : routes()) {
        if (route.caller != Caller::signed_in) continue;
        std::string path(route.pattern);
        if (auto const at = path.find("{instances}"); at != std::string::npos)
            path.replace(at, std::string("{instances}").size(), "problems");
        auto const refused =
            door.send("newcomer", std::string(name_of(route.method)) + " " + path, "{}");
        CHECK_MESSAGE(refused.status == 403, path);
        CHECK_MESSAGE(refused.code() == "password_must_change", path);
    }
    auto const change = [&](char const* to) {
        return door.ask("newcomer", "PUT /api/v1/me/password",
                        {{"old_password", "correct horse"}, {"new_password", to}});
    };
    CHECK(change("correct horse").body["errors"][0]["code"] == "unchanged");
    CHECK(change("battery staple").status == 204);
    CHECK(door.send("newcomer", "GET /api/v1/problems").status == 200);
    CHECK(door.send("newcomer", "GET /api/v1/me").body["must_change_password"] == false);
}

TEST_CASE("one looks at one's own sessions and ends one with the password, nobody another's") {
    Door door;
    auto const sign_in = [&](char const* name, char const* address) {
        auto const signed_in =
            door.ask("", "POST /api/v1/sessions",
                     {{"username", name}, {"password", "correct horse"}}, {.address = address});
        door.use_token(std::string(name) + " again", signed_in.body["token"]);
    };
    auto const end = [&](json const& id, char const* password = "correct horse") {
        return door.ask("county", "POST /api/v1/me/sessions/" + id.get<std::string>() + "/end",
                        {{"password", password}});
    };
    sign_in("county", "203.0.113.7");
    sign_in("city", "203.0.113.8");
    auto const mine = door.send("county", "GET /api/v1/me/sessions");
    REQUIRE(mine.body["items"].size() == 2);
    std::size_t const here = mine.body["items"][0]["this"] == true ? 0 : 1; // both began at once
    auto const other = mine.body["items"][1 - here];
    CHECK(mine.body["items"][here]["address"] == "test");
    CHECK(other["this"] == false);
    CHECK(other["address"] == "203.0.113.7");
    CHECK(other["opened_at"] == "2026-03-02T09:00:00.000+08:00");
    CHECK(mine.text.find("203.0.113.8") == std::string::npos);

    auto const of_city = door.send("city", "GET /api/v1/me/sessions").body["items"][0]["id"];
    auto const hidden = end(of_city);
    auto const absent = end("0123456789abcdef");
    CHECK(hidden.status == 404);
    CHECK(hidden.code() == "session_not_found");
    CHECK(hidden.text == absent.text);
    auto const wrong = end(other["id"], "battery staple");
    CHECK(wrong.status == 422);
    CHECK(wrong.body["errors"][0]["field"] == "password");
    CHECK(wrong.body["errors"][0]["code"] == "wrong");
    CHECK(end(other["id"], "").status == 422);
    CHECK(door.send("county again", "GET /api/v1/me").status == 200);
    CHECK(end(other["id"]).status == 204);
    CHECK(door.send("county again", "GET /api/v1/me").code() == "session_invalid");
    CHECK(door.send("county", "GET /api/v1/me/sessions").body["items"].size() == 1);
    CHECK(door.send("city again", "GET /api/v1/me/sessions").body["items"].size() == 2);

    auto const told = door.send("county-admin", "GET /api/v1/audit?kind=revocation");
    REQUIRE(told.body["items"].size() == 1);
    CHECK(told.body["items"][0]["event"] == "session_ended");
    CHECK(told.body["items"][0]["actor"] == "county");
    CHECK(told.text.find("correct horse") == std::string::npos);
}

TEST_CASE("a key of another platform has no sessions to look at or to end") {
    Door door;
    auto const made = door.ask("county-admin", "POST /api/v1/api-keys",
                               {{"name", "12345热线"},
                                {"organisation", "360731100"},
                                {"roles", {"reporter"}},
                                {"expires_at", "2026-12-01T00:00:00+08:00"}});
    door.use_token("platform", made.body["secret"]);
    CHECK(door.send("platform", "GET /api/v1/me/sessions").body["items"].empty());
    auto const id = door.send("county", "GET /api/v1/me/sessions").body["items"][0]["id"];
    CHECK(door.ask("platform", "POST /api/v1/me/sessions/" + id.get<std::string>() + "/end",
                   {{"password", "correct horse"}})
              .code() == "session_not_found");
}

TEST_CASE("accounts are found by a part of their name or display name") {
    Door door;
    auto const names = [&](std::string const& text) {
        std::string found;
        auto const page = door.send("admin", "GET /api/v1/users?q=" + text).body;
        for (auto const& user : page["items"]) found += user["name"].get<std::string>() + " ";
        return found;
    };
    REQUIRE(door.ask("admin", "POST /api/v1/users",
                     {{"name", "newcomer"},
                      {"display_name", "新人"},
                      {"organisation", "36"},
                      {"roles", {"handler"}},
                      {"password", "correct horse"}})
                .status == 201);
    CHECK(names("ewcom") == "newcomer ");
    CHECK(names("新") == "newcomer ");
    CHECK(names("nobody") == "");
}

TEST_CASE("a year of the calendar is checked without being saved") {
    Door door;
    auto const ask = [&](char const* day, char const* line) {
        return door.ask("admin", line, {{"holidays", {day}}});
    };
    CHECK(ask("2027-01-01", "PUT /api/v1/calendar/2027?dry_run=true").status == 200);
    CHECK(ask("2028-01-01", "PUT /api/v1/calendar/2027?dry_run=true").status == 422);
    CHECK(door.send("admin", "GET /api/v1/calendar/2027").status == 404);
    CHECK(ask("2027-01-01", "PUT /api/v1/calendar/2027").status == 200);
    CHECK(door.send("admin", "GET /api/v1/calendar/2027").status == 200);
}

TEST_CASE("what somebody else has saved meanwhile is not overwritten: policies and the calendar") {
    Door door;
    auto const workflow = door.send("admin", "GET /api/v1/workflows/problem");
    CHECK(workflow.headers.at("ETag") == "\"0\"");
    struct Row {
        std::string line, etag_from;
        json body;
    };
    Row const rows[] = {
        {"PUT /api/v1/workflows/problem/policy", "GET /api/v1/workflows/problem",
         workflow.body["policy"]},
        {"PUT /api/v1/calendar/2027", "GET /api/v1/calendar/2027", {{"holidays", {"2027-01-01"}}}},
    };
    for (auto const& [line, etag_from, body] : rows) {
        auto const put = [&](char const* query, std::string if_match) {
            return door.ask("admin", line + query, body, {.if_match = std::move(if_match)});
        };
        CHECK(put("?dry_run=true", "\"0\"").headers.at("ETag") == "\"0\"");
        CHECK(put("", "\"0\"").headers.at("ETag") == "\"1\"");
        CHECK(put("?dry_run=true", "\"0\"").code() == "version_mismatch");
        CHECK(put("", "\"0\"").status == 412);
        CHECK(door.send("admin", etag_from).headers.at("ETag") == "\"1\"");
        CHECK(put("", "\"1\"").headers.at("ETag") == "\"2\"");
        CHECK(put("", "").headers.at("ETag") == "\"3\"");
        CHECK(put("", "W/\"3\"").headers.at("ETag") == "\"4\""); // as a proxy that packs makes it
        CHECK(put("", "three").code() == "bad_if_match");
    }
}

TEST_CASE("a title much like another's finds it, within the own county") {
    Door door;
    auto const id = door.report("贡江镇至罗坳镇断头路无法通行");
    static_cast<void>(door.report("农产品冷链仓库用地指标不足"));
    auto const ask = [&](char const* user, std::string const& title) {
        return door.send(user, "GET /api/v1/problems/similar?title=" + title).body["items"];
    };
    auto const found = ask("township", "贡江镇到罗坳镇断头路");
    REQUIRE(found.size() == 1);
    CHECK(found[0]["id"] == id);
    CHECK(found[0]["similarity"] > 0.5);
    CHECK(ask("elsewhere", "贡江镇到罗坳镇断头路").empty());
    CHECK(ask("township", "").empty());
    CHECK(ask("township", "路").empty());
}

TEST_CASE("the dry run of a policy tells what would change, and changes nothing") {
    Door door;
    auto const path = std::string("/api/v1/workflows/problem");
    auto policy = door.send("admin", "GET " + path).body["policy"];
    CHECK(
        door.ask("admin", "PUT " + path + "/policy?dry_run=true", policy).body["changes"].empty());
    policy["working_days"]["handle"] = 20;
    auto const tried = door.ask("admin", "PUT " + path + "/policy?dry_run=true", policy);
    CHECK(tried.body["changes"] ==
          json::array({{{"op", "replace"}, {"path", "/working_days/handle"}, {"value", 20}}}));
    CHECK(door.send("admin", "GET " + path).body["policy"]["working_days"]["handle"] == 15);
    policy["labels"].erase("state.handling");
    CHECK(door.ask("admin", "PUT " + path + "/policy?dry_run=true", policy).status == 422);
    CHECK(door.ask("county-admin", "PUT " + path + "/policy?dry_run=true", policy).status == 403);
}
