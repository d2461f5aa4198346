// What an attacker would try at the door, as rows; docs/security/asvs.md says which requirement
// each of them is for.

#include "api/limits.hpp"
#include "tests/api/door.hpp"

#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

using namespace banjie::api;
using nlohmann::json;

namespace {

/// Everything that is logged while it lives.
class Log {
public:
    Log() : before_(spdlog::default_logger()) {
        auto const sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(text_);
        spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", sink));
    }
    ~Log() { spdlog::set_default_logger(before_); }
    Log(Log const&) = delete;
    Log& operator=(Log const&) = delete;

    [[nodiscard]] std::string text() const { return text_.str(); }
    [[nodiscard]] bool has(std::string const& what) const {
        return text().find(what) != std::string::npos;
    }

private:
    std::ostringstream text_;
    std::shared_ptr<spdlog::logger> before_;
};

json credentials(char const* name, char const* password) {
    return {{"username", name}, {"password", password}};
}

} // namespace

TEST_CASE("signing in tells nobody which accounts there are") {
    Door door;
    REQUIRE(door.ask("admin", "PATCH /api/v1/users/city", {{"active", false}}).status == 200);
    auto const line = "POST /api/v1/sessions";
    auto const wrong = door.ask("", line, credentials("county", "not the password"));
    CHECK(wrong.status == 401);
    for (auto const& form :
         {credentials("nobody", "not the password"), credentials("city", "correct horse"),
          credentials("city", "not the password"), credentials("No Name!", "correct horse")}) {
        auto const refused = door.ask("", line, form);
        INFO(form.dump());
        CHECK(refused.status == wrong.status);
        CHECK(refused.text == wrong.text);
        CHECK(refused.headers == wrong.headers);
    }
    CHECK(wrong.text.find("county") == std::string::npos);
}

TEST_CASE("guessing is slowed down by name and by address, for names that do not exist too") {
    Door door;
    for (auto const* name : {"county", "nobody"}) {
        for (int i = 0; i < 5; ++i)
            CHECK(door.ask("", "POST /api/v1/sessions", credentials(name, "wrong")).status == 401);
        auto const slowed =
            door.ask("", "POST /api/v1/sessions", credentials(name, "correct horse"));
        CHECK(slowed.status == 429);
        CHECK(slowed.code() == "too_many_attempts");
        CHECK(slowed.headers.contains("Retry-After"));
    }
    // The account that is open goes on working: nobody is locked out of a session.
    CHECK(door.send("county", "GET /api/v1/me").status == 200);
}

TEST_CASE("guesses from elsewhere keep nobody from signing in") {
    Door door;
    auto const sign_in = [&](char const* name, char const* password, std::string address) {
        return door
            .ask("", "POST /api/v1/sessions", credentials(name, password),
                 {.address = std::move(address)})
            .status;
    };
    for (int i = 0; i < 5; ++i) CHECK(sign_in("county", "wrong", "203.0.113.7") == 401);
    CHECK(sign_in("county", "correct horse", "203.0.113.7") == 429);
    CHECK(sign_in("county", "correct horse", "203.0.113.200") == 429); // of the same block
    CHECK(sign_in("county", "correct horse", "203.0.114.7") == 201);
    CHECK(sign_in("city", "correct horse", "203.0.113.7") == 201);
    for (int i = 0; i < 5; ++i) CHECK(sign_in("city", "wrong", "2001:db8:1:2300::1") == 401);
    CHECK(sign_in("city", "correct horse", "2001:db8:1:23ff::9") == 429);
    CHECK(sign_in("city", "correct horse", "2001:db8:1:2400::1") == 201);
}

TEST_CASE("a device that has signed in before passes, however many guess from wherever") {
    Door door;
    auto const by_cookie = [](char const* password) {
        auto form = credentials("county", password);
        form["cookie"] = true;
        return form;
    };
    auto const sign_in = [&](char const* password, Extra const& extra) {
        return door.ask("", "POST /api/v1/sessions", by_cookie(password), extra);
    };
    auto const first = sign_in("correct horse", {.address = "10.0.0.1"});
    REQUIRE(first.status == 201);
    REQUIRE(first.cookies.size() == 2);
    auto const& set_cookie = first.cookies[0];
    CHECK(set_cookie.starts_with("banjie_device="));
    CHECK(set_cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000"));
    Extra const known{.cookie = set_cookie.substr(0, set_cookie.find(';')), .address = "10.0.0.1"};
    for (int block = 0; block < 10; ++block)
        for (int i = 0; i < 5; ++i)
            CHECK(sign_in("wrong", {.address = "198.51." + std::to_string(block) + ".1"}).status ==
                  401);
    // All together are too many for a device that nobody knows, wherever it is.
    CHECK(sign_in("correct horse", {.address = "192.0.2.1"}).status == 429);
    auto const again = sign_in("correct horse", known);
    REQUIRE(again.status == 201);
    CHECK(again.cookies[0] == set_cookie); // and lasts a year from now

    SUBCASE("from the address of those who guess too") {
        for (int i = 0; i < 50; ++i)
            door.ask("", "POST /api/v1/sessions", credentials("nobody", "wrong"),
                     {.address = "10.0.0." + std::to_string(2 + i / 5)});
        CHECK(sign_in("correct horse", known).status == 201);
    }
    SUBCASE("but may guess no more than anybody") {
        for (int i = 0; i < 5; ++i) CHECK(sign_in("wrong", known).status == 401);
        CHECK(sign_in("correct horse", known).status == 429);
        door.desk.clock.advance(std::chrono::minutes(6));
        CHECK(sign_in("correct horse", known).status == 201);
    }
    SUBCASE("and is known to that account alone") {
        for (int i = 0; i < 5; ++i)
            CHECK(
                door.ask("", "POST /api/v1/sessions", credentials("city", "wrong"), known).status ==
                401);
        CHECK(door.ask("", "POST /api/v1/sessions", credentials("city", "correct horse"), known)
                  .status == 429);
    }
    SUBCASE("until it has not been used for a year") {
        door.desk.clock.advance(std::chrono::hours(24 * 366));
        for (int i = 0; i < 5; ++i)
            CHECK(sign_in("wrong", {.address = known.address}).status == 401);
        CHECK(sign_in("correct horse", known).status == 429);
    }
}

TEST_CASE("what a browser shows as its device is no token of the server's and not trusted as one") {
    Door door;
    auto form = credentials("county", "correct horse");
    form["cookie"] = true;
    for (std::string const planted : {"x", "", "not of 43 characters of base64url at all..."}) {
        auto const signed_in =
            door.ask("", "POST /api/v1/sessions", form, {.cookie = "banjie_device=" + planted});
        REQUIRE(signed_in.cookies.size() == 2);
        auto const& cookie = signed_in.cookies[0];
        CHECK(cookie.find(';') == std::string("banjie_device=").size() + 43);
        CHECK((planted.empty() || cookie.find(planted + ";") == std::string::npos));
    }
    auto const program =
        door.ask("", "POST /api/v1/sessions", credentials("county", "correct horse"));
    CHECK(program.cookies.empty());
}

TEST_CASE("a wall clock that is set back or forward changes no wait") {
    Door door;
    Extra const from{.address = "10.0.0.7"};
    int const at_once = limits::requests_per_second * limits::request_burst_s;
    for (int i = 0; i < at_once; ++i)
        REQUIRE(door.send("", "GET /healthz", "", from).status == 200);
    for (int i = 0; i < 5; ++i)
        CHECK(door.ask("", "POST /api/v1/sessions", credentials("county", "wrong")).status == 401);
    for (auto const by : {std::chrono::hours(-24), std::chrono::hours(48)}) {
        door.desk.clock.jump(by);
        CHECK(door.send("", "GET /healthz", "", from).status == 429);
        auto const slowed =
            door.ask("", "POST /api/v1/sessions", credentials("county", "correct horse"));
        CHECK(slowed.status == 429);
        CHECK(std::stoi(slowed.headers.at("Retry-After")) <= 300);
    }
    door.desk.clock.advance(std::chrono::minutes(5));
    CHECK(door.send("", "GET /healthz", "", from).status == 200);
    CHECK(door.ask("", "POST /api/v1/sessions", credentials("county", "correct horse")).status ==
          201);
}

TEST_CASE("who signs in, fails to and is forbidden is logged, and no secret with it") {
    Door door;
    Log const log;
    auto const signed_in =
        door.ask("", "POST /api/v1/sessions", credentials("county", "correct horse"));
    std::string const token = signed_in.body["token"];
    door.knows("new", token);
    CHECK(door.ask("", "POST /api/v1/sessions", credentials("county", "a wrong secret")).status ==
          401);
    CHECK(door.ask("", "POST /api/v1/sessions", credentials("secret-as-name", "x")).status == 401);
    CHECK(door.send("township", "GET /api/v1/users").status == 403);
    json const change = {{"old_password", "correct horse"}, {"new_password", "battery staple"}};
    CHECK(door.ask("new", "PUT /api/v1/me/password", change).status == 204);
    CHECK(door.ask("new", "PUT /api/v1/me/password", change).status == 422);
    auto const mine = door.send("new", "GET /api/v1/me/sessions");
    auto const end =
        "POST /api/v1/me/sessions/" + mine.body["items"][0]["id"].get<std::string>() + "/end";
    CHECK(door.ask("new", end, {{"password", "another secret"}}).status == 422);
    auto const cookie =
        door.ask("", "POST /api/v1/sessions",
                 {{"username", "county"}, {"password", "battery staple"}, {"cookie", true}});
    CHECK(cookie.status == 201);
    CHECK(door.send("new", "DELETE /api/v1/sessions/current").status == 204);
    CHECK(log.has("Signed in: county at 127.0.0.1"));
    CHECK(log.has("Not signed in (sign_in_failed): county at 127.0.0.1"));
    CHECK(log.has("Not signed in (sign_in_failed): an unknown name"));
    CHECK(log.has("Forbidden: GET /api/v1/users to township at 127.0.0.1"));
    CHECK(log.has("Signed out: county"));
    auto const& set_cookie = cookie.headers.at("Set-Cookie");
    for (auto const& secret :
         {std::string("correct horse"), std::string("battery staple"),
          std::string("a wrong secret"), std::string("another secret"),
          std::string("secret-as-name"), token, cookie.body["csrf_token"].get<std::string>(),
          set_cookie.substr(15, 43)})
        CHECK_FALSE(log.has(secret));
}

TEST_CASE("every change that an administrator makes is an event: who, when, what, and no secret") {
    Door door;
    json const user = {{"name", "amy"},
                       {"display_name", "Amy"},
                       {"organisation", "360731"},
                       {"roles", {"coordinator"}},
                       {"password", "correct horse"}};
    struct Row {
        std::string line;
        json body;
        char const* event; // empty: none
    };
    Row const rows[] = {
        {"POST /api/v1/users", user, "user_created"},
        {"PATCH /api/v1/users/amy", {{"roles", {"visitor"}}}, "user_changed"},
        {"PATCH /api/v1/users/amy", {{"password", "battery staple"}}, "user_changed"},
        {"DELETE /api/v1/users/amy/sessions", nullptr, "sessions_revoked"},
        {"PUT /api/v1/organisations/360731-water", {{"name", "水利局"}}, "organisation_created"},
        {"PATCH /api/v1/organisations/360731-water", {{"active", false}}, "organisation_changed"},
        {"PUT /api/v1/calendar/2027", {{"holidays", {"2027-01-01"}}}, "calendar_year_saved"},
    };
    for (Row const& row : rows) {
        auto const before = door.desk.own_store->status().last_seq;
        auto const answered =
            door.send("admin", row.line, row.body.is_null() ? "" : row.body.dump());
        INFO(row.line, ": ", answered.text);
        REQUIRE(answered.status < 300);
        auto const events = door.desk.own_store->events_after(before, 10).value();
        REQUIRE(events.size() == 1);
        auto const event = json::parse(events[0].body);
        CHECK(event["type"] == row.event);
        CHECK(event["actor"] == "admin");
        CHECK(event["organisation"] == "36");
        CHECK(event.contains("at"));
        CHECK_FALSE(event["fields"].empty());
        for (auto const* secret : {"correct horse", "battery staple", "argon2"})
            CHECK(events[0].body.find(secret) == std::string::npos);
    }
}

TEST_CASE("one caller cannot take the server from the others") {
    Door door;
    Extra const from{.address = "10.0.0.9"};
    int const at_once = limits::requests_per_second * limits::request_burst_s;
    for (int i = 0; i < at_once; ++i)
        REQUIRE(door.send("county", "GET /api/v1/me", "", from).status == 200);
    auto const refused = door.send("county", "GET /api/v1/me", "", from);
    CHECK(refused.status == 429);
    CHECK(refused.code() == "too_many_requests");
    CHECK(refused.headers.contains("Retry-After"));
    CHECK(door.send("city", "GET /api/v1/me", "", from).status == 200);
    CHECK(door.send("county", "GET /api/v1/me").status == 200); // this machine's own programs
    door.desk.clock.advance(std::chrono::seconds(1));
    CHECK(door.send("county", "GET /api/v1/me", "", from).status == 200);
    // Strangers are counted by their address, with a wrong token too.
    for (int i = 0; i < at_once; ++i)
        REQUIRE(door.send("", "GET /api/v1/me", "", from).status == 401);
    CHECK(door.send("", "GET /api/v1/me", "", from).status == 429);
    CHECK(door.send("", "GET /healthz", "", from).status == 429);
    CHECK(door.send("", "GET /healthz", "", {.address = "10.0.0.8"}).status == 200);
}

TEST_CASE("figures of the process are for its operators") {
    Door door;
    Extra const remote{.address = "10.0.0.9"};
    CHECK(door.send("", "GET /metrics").status == 200);
    CHECK(door.send("", "GET /metrics", "", remote).status == 401);
    CHECK(door.send("county", "GET /metrics", "", remote).status == 403);
    CHECK(door.send("county-admin", "GET /metrics", "", remote).status == 403);
    CHECK(door.send("admin", "GET /metrics", "", remote).status == 200);
    Extra const through_a_proxy{.address = "127.0.0.1", .of_this_machine = false};
    CHECK(door.send("", "GET /metrics", "", through_a_proxy).status == 401);
    CHECK(door.send("", "GET /readyz", "", remote).body ==
          json{{"status", "ready"}, {"accepts_writes", true}, {"warnings", json::array()}});
    door.router.services().conditions->certificate_ends_ms = 1'000;
    auto const ready = door.send("", "GET /readyz", "", remote);
    CHECK(ready.status == 200);
    CHECK(ready.body["warnings"] == json{"certificate_expired"});
    CHECK(door.send("", "GET /metrics").text.find("banjie_tls_certificate_end_seconds 1\n") !=
          std::string::npos);
}

TEST_CASE(
    "there is no way out of the pages, no other site is let in, and no method is unheard of") {
    Door door;
    for (auto const* path :
         {"/../etc/passwd", "/docs/../../etc/passwd", "/api/v1/../../etc/passwd", "/./docs",
          "//docs", "/docs/", "/docs.js/..", "/..\\..\\etc\\passwd", "/api/pages/docs.html",
          "/.git/config", "/pages.css~", "/etc/passwd", "/api/v1/problems/../users"}) {
        auto const answered = door.send("county", "GET " + std::string(path));
        INFO(path, ": ", answered.text);
        CHECK((answered.status == 404 || answered.status == 200)); // 200: the console's page
        CHECK(answered.text.find("root:") == std::string::npos);
        CHECK(answered.text.find("[core]") == std::string::npos);
    }
    for (auto const* method : {"OPTIONS", "TRACE", "HEAD-LESS", "PROPFIND"}) {
        auto const answered = door.send("county", std::string(method) + " /api/v1/problems", "",
                                        {.origin = "https://evil.example"});
        CHECK(answered.status == 405);
        for (auto const& [name, value] : answered.headers)
            CHECK(name.find("Access-Control") == std::string::npos);
    }
}

TEST_CASE("fields that a form does not name cannot be set") {
    Door door;
    auto const id = door.report();
    struct Row {
        char const* user;
        std::string line;
        json body;
    };
    Row const rows[] = {
        {"township",
         "POST /api/v1/problems",
         {{"title", "t"},
          {"description", "d"},
          {"category", "transport"},
          {"region", "360731100"},
          {"level", "province"}}},
        {"county", "POST /api/v1/problems/" + id + "/commands/accept", {{"state", "closed"}}},
        {"county", "POST /api/v1/problems/" + id + "/commands/accept", {{"version", 9}}},
        {"county",
         "PUT /api/v1/me/password",
         {{"old_password", "correct horse"},
          {"new_password", "battery staple"},
          {"name", "admin"}}},
        {"admin", "PATCH /api/v1/users/county", {{"password_hash", "x"}}},
        {"admin", "PATCH /api/v1/users/county", {{"name", "x"}}},
        {"",
         "POST /api/v1/sessions",
         {{"username", "county"}, {"password", "correct horse"}, {"roles", {"administrator"}}}},
    };
    for (Row const& row : rows) {
        auto const answered = door.ask(row.user, row.line, row.body);
        INFO(row.line, ": ", answered.text);
        CHECK(answered.status == 422);
        CHECK(answered.body["errors"][0]["code"] == "unknown_field");
    }
    json const system = {{"roles", {"system"}}};
    CHECK(door.ask("admin", "PATCH /api/v1/users/county", system).body["errors"][0]["code"] ==
          "unknown_role");
}
