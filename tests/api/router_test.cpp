// What the door refuses, as rows; and that nothing of it is written.

#include "api/limits.hpp"
#include "api/request/rooms.hpp"
#include "engine/once/replies.hpp"
#include "tests/api/door.hpp"
#include "tests/workflows/added/registry.hpp"

#include <doctest/doctest.h>

#include <future>
#include <set>

using namespace banjie::api;
using nlohmann::json;

namespace {

struct Row {
    char const* name;
    char const* user;
    char const* line; // {id}: a problem in screening
    std::string body;
    int status;
    char const* code;
};

std::string deep() {
    return R"({"title":)" + std::string(100, '[') + std::string(100, ']') + "}";
}

std::vector<Row> rows() {
    std::string const report =
        R"({"title":"t","description":"d","category":"transport","region":"360731100")";
    return {
        {"no session", "", "GET /api/v1/problems", "", 401, "no_session"},
        {"unknown path", "county", "GET /api/v1/dances", "", 404, "unknown_path"},
        {"unknown path without session", "", "POST /nowhere", "{}", 404, "unknown_path"},
        {"wrong method", "county", "DELETE /api/v1/problems", "", 405, "method_not_allowed"},
        {"unknown parameter", "county", "GET /api/v1/problems?colour=red", "", 422,
         "invalid_fields"},
        {"unknown state", "county", "GET /api/v1/problems?state=dancing", "", 422, "invalid_query"},
        {"unknown region in a list", "county", "GET /api/v1/problems?region=99", "", 422,
         "invalid_fields"},
        {"unknown unit in a list", "county", "GET /api/v1/problems?unit=36-nobody", "", 422,
         "invalid_fields"},
        {"bad cursor", "county", "GET /api/v1/problems?cursor=x", "", 422, "invalid_query"},
        {"bad limit", "county", "GET /api/v1/problems?limit=0", "", 422, "invalid_fields"},
        {"not JSON", "township", "POST /api/v1/problems", "{", 400, "invalid_json"},
        {"not an object", "township", "POST /api/v1/problems", "[]", 400, "not_an_object"},
        {"too deep", "township", "POST /api/v1/problems", deep(), 400, "json_out_of_bounds"},
        {"invalid UTF-8", "township", "POST /api/v1/problems", report + ",\"source\":\"\xff\"}",
         400, "invalid_utf8"},
        {"unknown field", "township", "POST /api/v1/problems", report + ",\"colour\":1}", 422,
         "invalid_fields"},
        {"wrong type", "township", "POST /api/v1/problems", report + ",\"round\":\"4\"}", 422,
         "invalid_fields"},
        {"missing field", "township", "POST /api/v1/problems", R"({"title":"t"})", 422,
         "invalid_fields"},
        {"oversize field", "township", "POST /api/v1/problems",
         report + ",\"title\":\"" + std::string(300, 'x') + "\"}", 422, "invalid_fields"},
        {"unknown category", "township", "POST /api/v1/problems",
         R"({"title":"t","description":"d","category":"dance","region":"360731100"})", 422,
         "unknown_category"},
        {"unknown region", "township", "POST /api/v1/problems",
         R"({"title":"t","description":"d","category":"transport","region":"360731999"})", 422,
         "unknown_region"},
        {"foreign region", "township", "POST /api/v1/problems",
         R"({"title":"t","description":"d","category":"transport","region":"360731101"})", 409,
         "region_outside_jurisdiction"},
        {"unknown round", "township", "POST /api/v1/problems", report + ",\"round\":9}", 409,
         "unknown_round"},
        {"a coordinator cannot report", "county", "POST /api/v1/problems", report + "}", 403,
         "forbidden"},
        {"unknown problem", "county", "GET /api/v1/problems/nobody", "", 404, "instance_not_found"},
        {"foreign jurisdiction sees nothing", "elsewhere", "GET /api/v1/problems/{id}", "", 404,
         "instance_not_found"},
        {"foreign jurisdiction sees no history", "elsewhere", "GET /api/v1/problems/{id}/history",
         "", 404, "instance_not_found"},
        {"foreign jurisdiction does nothing", "elsewhere",
         "POST /api/v1/problems/{id}/commands/accept", "{}", 404, "instance_not_found"},
        {"unknown command", "county", "POST /api/v1/problems/{id}/commands/dance", "{}", 404,
         "unknown_command"},
        {"internal command", "county", "POST /api/v1/problems/{id}/commands/tick", "{}", 404,
         "unknown_command"},
        {"not in this state", "county", "POST /api/v1/problems/{id}/commands/close", "{}", 409,
         "not_permitted_in_state"},
        {"not this role", "township", "POST /api/v1/problems/{id}/commands/accept", "{}", 403,
         "forbidden"},
        {"reason is missing", "county", "POST /api/v1/problems/{id}/commands/reject", "{}", 422,
         "invalid_fields"},
        {"missing ids", "county", "POST /api/v1/problems/commands/accept", "{}", 422,
         "invalid_fields"},
        {"users are for administrators", "county", "GET /api/v1/users", "", 403, "forbidden"},
        {"a county's administrator and the calendar", "county-admin", "PUT /api/v1/calendar/2027",
         R"({"holidays":["2027-01-01"]})", 403, "forbidden"},
        {"bad date in the calendar", "admin", "PUT /api/v1/calendar/2027",
         R"({"holidays":["2027-13-01"]})", 422, ""},
        {"foreign organisation", "county-admin", "PUT /api/v1/organisations/3601",
         R"({"name":"x"})", 403, "forbidden"},
        {"no backups here", "admin", "POST /api/v1/backups", "", 409, "no_backup_directory"},
        {"unknown name", "", "POST /api/v1/sessions", R"({"username":"nobody","password":"x"})",
         401, "sign_in_failed"},
    };
}

} // namespace

TEST_CASE("whatever is wrong with a request is a problem document of its own, and writes nothing") {
    Door door;
    auto const id = door.report();
    auto const seq = door.desk.own_store->status().last_seq;
    for (Row const& row : rows()) {
        std::string line = row.line;
        if (auto const at = line.find("{id}"); at != std::string::npos) line.replace(at, 4, id);
        auto const answered = door.send(row.user, line, row.body);
        INFO(row.name, ": ", answered.text);
        CHECK(answered.status == row.status);
        if (*row.code != '\0') CHECK(answered.code() == row.code);
        CHECK(answered.body["status"] == row.status);
        CHECK(answered.body["type"] == "urn:banjie:refusal:" + answered.code());
        CHECK_FALSE(answered.body.value("detail", "").empty());
        if (row.status == 422) CHECK_FALSE(answered.body["errors"].empty());
    }
    CHECK(door.desk.own_store->status().last_seq == seq);
    CHECK(door.desk.own_store->instance(id).value()->version == 1);
}

TEST_CASE("a body of another type is refused") {
    Door door;
    auto const answered = door.send("township", "POST /api/v1/problems", "a=b",
                                    Extra{.content_type = "application/x-www-form-urlencoded"});
    CHECK(answered.status == 415);
    CHECK(answered.code() == "not_json");
}

TEST_CASE("a refused method names the ones that are allowed") {
    Door door;
    auto const answered = door.send("county", "DELETE /api/v1/problems/x");
    CHECK(answered.status == 405);
    CHECK(answered.headers.at("Allow") == "GET, PATCH");
}

TEST_CASE("every write has a POST form, for firewalls that let only GET and POST pass") {
    Door door;
    for (Route const& route : routes()) {
        if (route.method == Method::get || route.method == Method::post) continue;
        std::string path(route.pattern);
        if (auto const at = path.find("{instances}"); at != std::string::npos)
            path.replace(at, 11, "problems");
        std::string const name(name_of(route.method));
        INFO(name, " ", path);
        // Neither 404 nor 405: it is the same route, which asks who it is.
        CHECK(door.send("", name + " " + path).code() == "no_session");
        CHECK(door.send("", "POST " + path + "?method=" + name).code() == "no_session");
        Extra const override{.method_override = name};
        CHECK(door.send("", "POST " + path, "", override).code() == "no_session");
    }
    door.described = false; // the description has it as PUT
    auto const saved = door.ask("county", "POST /api/v1/me/settings?method=PUT", {{"list", "a"}});
    CHECK(saved.status == 200);
    CHECK(door.send("county", "GET /api/v1/me/settings").body["list"] == "a");
    CHECK(door.send("county", "POST /api/v1/sessions/current", "", {.method_override = "DELETE"})
              .status == 204);
    CHECK(door.send("county", "GET /api/v1/me").status == 401);
}

TEST_CASE("a POST stands for another write only, and what it stands for is judged like it") {
    Door door;
    auto const id = door.report();
    auto const status = [&](std::string const& line, Extra const& extra = {}) {
        return door.send("township", line, "{}", extra).status;
    };
    for (auto const* name : {"GET", "HEAD", "patch", "DANCE", "PATCH,GET"}) {
        INFO(name);
        CHECK(status("POST /api/v1/problems/" + id + "?method=" + name) == 405);
        CHECK(status("POST /api/v1/problems/" + id, {.method_override = name}) == 405);
    }
    CHECK(status("POST /api/v1/problems/" + id + "?method=DELETE") == 405);
    CHECK(status("POST /api/v1/problems/" + id + "?method=PATCH&method=GET") == 422);
    CHECK(status("GET /api/v1/problems/" + id + "?method=PATCH") == 422);
    CHECK(status("GET /api/v1/problems/" + id, {.method_override = "DELETE"}) == 200);
    CHECK(status("PUT /api/v1/me/settings", {.method_override = "GET"}) == 200);
    CHECK(status("POST /healthz", {.method_override = "PUT"}) == 405);
    CHECK(door.send("", "POST /api/v1/problems/" + id + "?method=PATCH").code() == "no_session");
}

TEST_CASE("a stale version is refused, the right one moves it on") {
    Door door;
    auto const id = door.report();
    auto const path = "POST /api/v1/problems/" + id + "/commands/accept";
    CHECK(door.ask("county", path, json::object(), {.if_match = "\"7\""}).status == 412);
    CHECK(door.ask("county", path, json::object(), {.if_match = "W/\"7\""}).status == 412);
    CHECK(door.ask("county", path, json::object(), {.if_match = "W/W/\"1\""}).status == 400);
    auto const accepted = door.ask("county", path, json::object(), {.if_match = "\"1\""});
    CHECK(accepted.status == 200);
    CHECK(accepted.headers.at("ETag") == "\"2\"");
}

TEST_CASE("a repeated key gets the first reply; with another body it is refused") {
    Door door;
    json const report = {
        {"title", "t"}, {"description", "d"}, {"category", "transport"}, {"region", "360731100"}};
    Extra const key{.idempotency_key = "k-1"};
    auto const first = door.ask("township", "POST /api/v1/problems", report, key);
    auto const again = door.ask("township", "POST /api/v1/problems", report, key);
    CHECK(first.status == 201);
    CHECK(again.body == first.body);
    json other = report;
    other["title"] = "another";
    auto const reused = door.ask("township", "POST /api/v1/problems", other, key);
    CHECK(reused.status == 422);
    CHECK(reused.code() == "idempotency_key_reused");
    CHECK(door.send("township", "GET /api/v1/problems").body["total"] == 1);
    CHECK(door.ask("township", "POST /api/v1/problems", report,
                   {.idempotency_key = std::string(200, 'k')})
              .status == 400);

    json const user = {{"name", "amy"},
                       {"display_name", "Amy"},
                       {"organisation", "360731"},
                       {"roles", {"coordinator"}},
                       {"password", "correct horse"}};
    SUBCASE("of administration too") {
        Extra const once{.idempotency_key = "u-1"};
        CHECK(door.ask("admin", "POST /api/v1/users", user, once).status == 201);
        CHECK(door.ask("admin", "POST /api/v1/users", user, once).status == 201);
        CHECK(door.ask("admin", "POST /api/v1/users", user).status == 409);
    }
    SUBCASE("of those who bring it at the same time too") {
        std::vector<std::future<Answered>> answers;
        for (int i = 0; i < 4; ++i)
            answers.push_back(std::async(std::launch::async, [&door, &user] {
                return door.ask("admin", "POST /api/v1/users", user, {.idempotency_key = "u-2"});
            }));
        for (auto& answer : answers) CHECK(answer.get().status == 201);
    }
    SUBCASE("and where the process ended before the reply was kept, it is not done again") {
        CHECK(door.ask("admin", "POST /api/v1/users", user, {.idempotency_key = "u-3"}).status ==
              201);
        banjie::storage::Batch forgotten;
        forgotten.reply =
            banjie::engine::remember("admin", "u-3", "POST /api/v1/users\n\n" + user.dump(),
                                     banjie::engine::reply_lost, door.desk.clock.now());
        door.desk.office.store.commit(std::move(forgotten),
                                      [](auto const& done) { CHECK(done.has_value()); });
        auto const repeated =
            door.ask("admin", "POST /api/v1/users", user, {.idempotency_key = "u-3"});
        CHECK(repeated.status == 409);
        CHECK(repeated.code() == "answer_lost");
    }
    SUBCASE("but for a secret, which is never kept") {
        json const asked = {{"name", "province platform"},
                            {"organisation", "36"},
                            {"roles", {"reporter"}},
                            {"expires_at", "2027-01-01T00:00:00Z"}};
        Extra const once{.idempotency_key = "key-1"};
        CHECK(door.ask("admin", "POST /api/v1/api-keys", asked, once).status == 201);
        CHECK(door.ask("admin", "POST /api/v1/api-keys", asked, once).code() ==
              "secret_shown_once");
        CHECK(door.send("admin", "GET /api/v1/api-keys").body["items"].size() == 1);
    }
}

TEST_CASE("every route answers whoever may ask, and nobody else") {
    Door door;
    auto const id = door.report();
    auto const attached =
        door.send("province", "POST /api/v1/problems/" + id + "/attachments?name=a&purpose=report",
                  "%PDF-1.7\n");
    std::string const attachment = attached.body.at("id");
    for (Route const& route : routes()) {
        if (route.method != Method::get) continue;
        std::string line = "GET " + std::string(route.pattern);
        auto const put = [&line](std::string_view what, std::string_view by) {
            if (auto const at = line.find(what); at != std::string::npos)
                line.replace(at, what.size(), by);
        };
        put("{instances}", "problems");
        put("{id}", id);
        put("{attachment}", attachment);
        put("{code}", "360731");
        put("{name}", route.pattern.find("users") != std::string_view::npos ? "admin" : "problem");
        put("{year}", "2026");
        if (line.ends_with("working-days")) line += "?from=2026-11-24&days=3";
        INFO(line);
        CHECK(door.send("admin", line).status == 200);
        CHECK(door.send("", line).status == (route.caller == Caller::anyone ? 200 : 401));
    }
}

TEST_CASE("the API describes every one of its routes") {
    Door door;
    auto const api = door.send("", "GET /openapi.json").body;
    CHECK(api["openapi"] == "3.1.0");
    auto const& paths = api["paths"];
    CHECK(paths.contains("/api/v1/problems/{id}/commands/assign"));
    CHECK(paths.contains("/api/v1/rounds"));
    CHECK(paths.contains("/api/v1/inspection-leads/{id}/history"));
    auto const& assign = paths["/api/v1/problems/{id}/commands/assign"]["post"]["requestBody"]
                              ["content"]["application/json"]["schema"];
    CHECK(assign["required"] == json{"lead_unit"});
    std::set<std::string> ids;
    for (auto const& [path, methods] : paths.items())
        for (auto const& [method, operation] : methods.items())
            CHECK(ids.insert(operation["operationId"].get<std::string>()).second);
}

TEST_CASE("a router goes only when what it has taken up is answered") {
    Door door;
    std::function<void()> work; // that a thread has not begun
    auto services = door.services();
    services.post = [&work](auto const&, auto given) {
        work = std::move(given);
        return true;
    };
    auto router = std::make_unique<Router>(std::move(services));
    int status = 0;
    Request request;
    request.method = Method::delete_;
    request.path = "/api/v1/sessions/current";
    request.authorization = door.authorization_of("county");
    router->handle(std::move(request), [&status](Response told) { status = told.status; });
    REQUIRE(work);
    auto const going = std::async(std::launch::async, [&router] { router.reset(); });
    CHECK(going.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
    std::exchange(work, nullptr)();
    going.wait();
    CHECK(status == 204);
}

namespace {

std::string unknown_fields(int count) {
    json body = json::object();
    for (int i = 0; i < count; ++i) body["unknown_" + std::to_string(i)] = 0;
    return body.dump();
}

} // namespace

TEST_CASE("a body with many wrong fields is refused in short") {
    Door door;
    auto const id = door.report();
    for (std::string const line : {"POST /api/v1/sessions", "PUT /api/v1/me/password",
                                   "POST /api/v1/problems", "POST /api/v1/problems/commands/urge"})
        for (int const count : {30, 100, 40'000}) {
            CAPTURE(line);
            CAPTURE(count);
            auto const refused = door.send("county", line, unknown_fields(count));
            bool const is_refused = refused.status == 422 || refused.status == 413;
            CHECK(is_refused);
            CHECK(refused.text.size() < 4'000);
        }
    auto const some = door.send("township", "POST /api/v1/problems", unknown_fields(30));
    CHECK(some.body["errors"].size() == limits::named_errors);
    auto const long_name = json{{std::string(500'000, 'x'), 0}}.dump();
    CHECK(door.send("township", "POST /api/v1/problems", long_name).text.size() < 5'000);
}

TEST_CASE("of what is free of form, too, only some errors are named") {
    Door door;
    json policy = json::object(), rows = json::array(), dates = json::array();
    for (int i = 0; i < 150; ++i) {
        policy["labels"]["unknown_" + std::to_string(i)] = i;
        policy["unknown_" + std::to_string(i)] = i;
        policy["notify"].push_back({{"event", i}, {"to", {i, i}}});
        rows.push_back({{"code", std::string(1'000, '9')}, {"name", ""}});
        dates.push_back("no date " + std::to_string(i));
    }
    auto const check = [&](std::string const& line, json const& body) {
        CAPTURE(line);
        auto const refused = door.ask("admin", line, body);
        CHECK(refused.status == 422);
        CHECK(refused.text.size() < 10'000);
        if (refused.body.contains("errors"))
            CHECK(refused.body["errors"].size() <= limits::named_errors);
    };
    check("PUT /api/v1/workflows/problem/policy", policy);
    check("POST /api/v1/organisations/import", {{"organisations", rows}});
    check("PUT /api/v1/calendar/2028", {{"holidays", dates}, {"makeup_workdays", dates}});
}

TEST_CASE("what anybody may send without an account is small, and every form has room") {
    for (Route const& route : routes()) {
        CAPTURE(route.pattern);
        CHECK(route.form.size() + limits::named_errors <= limits::form_members);
        bool const small =
            route.body == Body::none || route.body_bytes <= limits::anonymous_body_bytes;
        if (route.caller == Caller::anyone) CHECK(small);
    }
    for (auto const* workflow : banjie::workflows::testing::tested_workflows())
        for (auto const& command : workflow->commands())
            CHECK(command.form.size() + limits::named_errors <= limits::form_members);
}

TEST_CASE("more than anybody may send is asked about before it comes") {
    Door door;
    auto const ask = [&](Method method, std::string path, std::string const& user,
                         std::uint64_t bytes) {
        Request request;
        request.method = method;
        request.path = std::move(path);
        request.authorization = door.authorization_of(user);
        request.address = "10.0.0.1";
        auto const refused = door.router.admit_body(request, bytes);
        CHECK((request.room != nullptr) == !refused.has_value());
        return refused ? refused->status : 0;
    };
    CHECK(ask(Method::post, "/api/v1/sessions", "", 4'097) == 413);
    CHECK(ask(Method::get, "/healthz", "", 4'097) == 413);
    CHECK(ask(Method::post, "/api/v1/problems", "", 4'097) == 401);
    CHECK(ask(Method::post, "/api/v1/problems", "township", 4'097) == 0);
    CHECK(ask(Method::post, "/api/v1/problems", "township", limits::body_bytes) == 0);
    CHECK(ask(Method::post, "/api/v1/problems", "township", limits::body_bytes + 1) == 413);
    CHECK(ask(Method::put, "/api/v1/me/settings", "township", limits::settings_bytes + 1) == 413);
    CHECK(door.send("", "POST /api/v1/sessions",
                    R"({"username":")" + std::string(limits::anonymous_body_bytes, 'x') + "\"}")
              .status == 413);
}

TEST_CASE("who leaves answers unread is told to read them first") {
    Door door;
    Extra const here{.address = "10.0.0.1"};
    auto const ask = [&](std::string const& user) {
        return door.send(user, "GET /api/v1/me", "", here).status;
    };
    auto const unread = door.router.services().answers->open("county", "10.0.0.9");
    unread->hold_anyway(limits::answers.caller + 1);
    CHECK(ask("county") == 503);
    CHECK(ask("township") == 200);
    unread->hold_anyway(0);
    CHECK(ask("county") == 200);
}
