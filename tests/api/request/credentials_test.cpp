// Sessions by cookie: what a browser gets, what it has to show, and what a page of another site
// cannot do with it.

#include "api/request/credentials.hpp"
#include "engine/people/session_tokens.hpp"
#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie::api;
using nlohmann::json;

namespace {

constexpr char const* host = "banjie.gov:8080";

json sign_in_form(char const* name) {
    return {{"username", name}, {"password", "correct horse"}, {"cookie", true}};
}

struct Browser {
    explicit Browser(Door& the_door, char const* name, bool over_tls = false)
        : door(the_door), secure(over_tls) {
        signed_in = door.ask("", "POST /api/v1/sessions", sign_in_form(name), extra());
        REQUIRE(signed_in.status == 201);
        set_cookie = signed_in.headers.at("Set-Cookie");
        cookie = set_cookie.substr(0, set_cookie.find(';'));
        csrf_token = signed_in.body["csrf_token"];
    }

    [[nodiscard]] Extra extra() const {
        return {.cookie = cookie, .csrf_token = csrf_token, .host = host, .secure = secure};
    }

    Door& door;
    bool secure;
    Answered signed_in;
    std::string set_cookie, cookie, csrf_token;
};

} // namespace

TEST_CASE("signing in by cookie gives the token to the browser alone") {
    Door door;
    Browser const browser(door, "county");
    auto const token = browser.cookie.substr(browser.cookie.find('=') + 1);
    CHECK(browser.set_cookie == "banjie_session=" + token + "; HttpOnly; SameSite=Strict; Path=/");
    CHECK(token.size() == 43);
    CHECK(browser.signed_in.text.find(token) == std::string::npos);
    CHECK_FALSE(browser.signed_in.body.contains("token"));
    CHECK(browser.signed_in.body["user"]["name"] == "county");
    CHECK(browser.signed_in.body.contains("expires_at"));

    auto const me = door.send("", "GET /api/v1/me", "", browser.extra());
    CHECK(me.body["name"] == "county");
    CHECK(me.body["csrf_token"] == browser.csrf_token);
    CHECK_FALSE(door.send("county", "GET /api/v1/me").body.contains("csrf_token"));

    SUBCASE("over TLS it never leaves it, and no other host can plant one") {
        Browser const secure(door, "county", true);
        CHECK(secure.cookie.starts_with("__Host-banjie_session="));
        CHECK(secure.set_cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/; Secure"));
        auto extra = secure.extra();
        CHECK(door.send("", "GET /api/v1/me", "", extra).status == 200);
        extra.cookie = extra.cookie.substr(7); // without the prefix
        CHECK(door.send("", "GET /api/v1/me", "", extra).status == 401);
    }
    SUBCASE("signing out ends the session and clears the cookie") {
        auto const out = door.send("", "DELETE /api/v1/sessions/current", "", browser.extra());
        CHECK(out.status == 204);
        CHECK(out.headers.at("Set-Cookie") ==
              "banjie_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
        CHECK(door.send("", "GET /api/v1/me", "", browser.extra()).code() == "session_invalid");
    }
    SUBCASE("signing in anew gives another token and ends the session that was there") {
        auto const again =
            door.ask("", "POST /api/v1/sessions", sign_in_form("city"), browser.extra());
        CHECK(again.status == 201);
        CHECK(again.headers.at("Set-Cookie").find(token) == std::string::npos);
        CHECK(door.send("", "GET /api/v1/me", "", browser.extra()).status == 401);
    }
}

TEST_CASE("a page of another site changes nothing with a browser's cookie") {
    Door door;
    Browser const browser(door, "county");
    Browser const other(door, "county");
    auto const accept = "POST /api/v1/problems/" + door.report() + "/commands/accept";
    auto const seq = door.desk.own_store->status().last_seq;
    struct Row {
        char const* name;
        std::string csrf_token, origin;
        char const* code;
    };
    Row const rows[] = {
        {"no token", "", "", "csrf_token_missing"},
        {"no token, and the right page", "", "http://banjie.gov:8080", "csrf_token_missing"},
        {"another session's", other.csrf_token, "", "csrf_token_missing"},
        {"the session's own token", browser.cookie.substr(15), "", "csrf_token_missing"},
        {"a part of it", browser.csrf_token.substr(1), "", "csrf_token_missing"},
        {"more than it", browser.csrf_token + "A", "", "csrf_token_missing"},
        {"another site", browser.csrf_token, "https://evil.example", "foreign_origin"},
        {"another port", browser.csrf_token, "http://banjie.gov", "foreign_origin"},
        {"a longer name", browser.csrf_token, "http://banjie.gov:8080.evil.example",
         "foreign_origin"},
        {"a site below", browser.csrf_token, "http://x.banjie.gov:8080", "foreign_origin"},
        {"a page of no site", browser.csrf_token, "null", "foreign_origin"},
    };
    for (Row const& row : rows) {
        auto extra = browser.extra();
        extra.csrf_token = row.csrf_token;
        extra.origin = row.origin;
        for (auto const& line :
             {accept, std::string("PUT /api/v1/me/password"), std::string("PATCH /api/v1/users/x"),
              std::string("DELETE /api/v1/sessions/current"),
              std::string("POST /api/v1/sessions/current?method=DELETE")}) {
            auto const answered = door.send("", line, "{}", extra);
            INFO(row.name, ": ", line, " ", answered.text);
            CHECK(answered.status == 403);
            CHECK(answered.code() == row.code);
        }
        CHECK(door.send("", "GET /api/v1/me", "", extra).status == 200);
    }
    CHECK(door.desk.own_store->status().last_seq == seq);
    auto extra = browser.extra();
    extra.origin = "HTTP://Banjie.gov:8080";
    CHECK(door.send("", accept, "{}", extra).status == 200);
}

TEST_CASE("over TLS a page that came without it is another site's") {
    Door door;
    Browser const browser(door, "county", true);
    auto extra = browser.extra();
    auto const path = "POST /api/v1/problems/" + door.report() + "/commands/accept";
    extra.origin = "http://banjie.gov:8080";
    CHECK(door.send("", path, "{}", extra).code() == "foreign_origin");
    extra.origin = "https://banjie.gov:8080";
    CHECK(door.send("", path, "{}", extra).status == 200);
}

TEST_CASE("a port that the scheme has anyway makes no other site") {
    auto const is_own = [](char const* origin, char const* asked) {
        Request request;
        request.origin = origin;
        request.host = asked;
        return is_of_this_host(request);
    };
    CHECK(is_own("https://banjie.gov", "banjie.gov:443"));
    CHECK(is_own("https://banjie.gov:443", "banjie.gov"));
    CHECK(is_own("http://banjie.gov", "banjie.gov:80"));
    CHECK_FALSE(is_own("http://banjie.gov", "banjie.gov:443"));
    CHECK_FALSE(is_own("https://banjie.gov", "banjie.gov:80"));
    CHECK_FALSE(is_own("https://banjie.gov:8443", "banjie.gov"));
}

TEST_CASE("another site cannot sign a browser in") {
    Door door;
    Extra const extra{.origin = "https://evil.example", .host = host};
    auto const refused = door.ask("", "POST /api/v1/sessions", sign_in_form("county"), extra);
    CHECK(refused.code() == "foreign_origin");
    CHECK_FALSE(refused.headers.contains("Set-Cookie"));
}

TEST_CASE("of many cookies the session's is found, and two of them are none") {
    struct Row {
        char const* cookie;
        char const* token;
    };
    Row const rows[] = {
        {"banjie_session=abc", "abc"},
        {"a=b; banjie_session=abc; c=d", "abc"},
        {"a=b;banjie_session=abc;", "abc"},
        {"a; ; =; banjie_session=a=b", "a=b"},
        {"banjie_session=abc; banjie_session=def", ""},
        {"xbanjie_session=abc; banjie_sessionx=abc", ""},
        {"banjie_session=", ""},
        {"banjie_session", ""},
        {"__Host-banjie_session=abc", ""},
        {"", ""},
    };
    for (Row const& row : rows) {
        INFO(row.cookie);
        Request request;
        request.cookie = row.cookie;
        auto const found = credentials_of(request);
        CHECK(found.token == row.token);
        CHECK(found.by_cookie == (*row.token != '\0'));
        request.authorization = "Bearer xyz";
        CHECK(credentials_of(request).token == "xyz");
        CHECK_FALSE(credentials_of(request).by_cookie);
        request.authorization = "bearer xyz"; // schemes have no case (RFC 9110, 11.1)
        CHECK(credentials_of(request).token == "xyz");
        request.authorization = "Basic xyz";
        CHECK(credentials_of(request).token.empty());
    }
}

TEST_CASE("a bearer token needs no other") {
    Door door;
    auto const path = "POST /api/v1/problems/" + door.report() + "/commands/accept";
    Extra const extra{.origin = "https://elsewhere.example", .host = host};
    CHECK(door.send("county", path, "{}", extra).status == 200);
}
