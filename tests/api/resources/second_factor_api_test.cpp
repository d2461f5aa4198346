// A second factor through the API: enrolled, asked for, and taken off.

#include "engine/people/one_time_codes.hpp"
#include "tests/api/door.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::api;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

json const password = {{"password", "correct horse"}};

struct Enrolling : Door {
    std::string shown() {
        return engine::code_at(*engine::secret_of(secret), engine::step_at(desk.clock.now()));
    }
    json enrol(std::string const& name) {
        auto const begun = ask(name, "POST /api/v1/me/second-factor", password);
        REQUIRE(begun.status == 201);
        secret = begun.body["secret"];
        auto const confirmed =
            ask(name, "POST /api/v1/me/second-factor/confirm", {{"code", shown()}});
        REQUIRE(confirmed.status == 200);
        desk.clock.advance(1min);
        return confirmed.body["recovery_codes"];
    }
    Answered sign_in(std::string const& name, json const& more = json::object()) {
        json body = {{"username", name}, {"password", "correct horse"}};
        body.update(more);
        return ask("", "POST /api/v1/sessions", body);
    }

    std::string secret;
};

} // namespace

TEST_CASE("a device is enrolled by its QR code, and then its code is asked for") {
    Enrolling door;
    auto state = door.send("county", "GET /api/v1/me/second-factor").body;
    CHECK(state == json{{"enrolled", false}, {"compulsory", false}, {"recovery_codes_left", 0}});
    auto const begun = door.ask("county", "POST /api/v1/me/second-factor", password);
    REQUIRE(begun.status == 201);
    std::string const uri = begun.body["uri"], secret = begun.body["secret"];
    CHECK(uri == "otpauth://totp/Banjie:county?secret=" + secret + "&issuer=Banjie");
    auto const& rows = begun.body["qr"];
    REQUIRE(rows.size() >= 21);
    for (auto const& row : rows) {
        CHECK(row.get<std::string>().size() == rows.size());
        CHECK(row.get<std::string>().find_first_not_of("01") == std::string::npos);
    }
    CHECK(rows[0].get<std::string>().starts_with("11111110")); // the corner of every QR code
    auto const codes = door.enrol("county");
    CHECK(codes.size() == 10);
    state = door.send("county", "GET /api/v1/me/second-factor").body;
    CHECK(state["enrolled"] == true);
    CHECK(state["recovery_codes_left"] == 10);
    CHECK(door.sign_in("county").code() == "second_factor_required");
    CHECK(door.sign_in("county").status == 401);
    CHECK(door.sign_in("county", {{"code", "000000"}}).code() == "second_factor_wrong");
    auto const signed_in = door.sign_in("county", {{"code", door.shown()}});
    CHECK(signed_in.status == 201);
    CHECK(signed_in.body["user"]["second_factor"] == true);
    CHECK(door.sign_in("county", {{"code", codes[0]}}).status == 201);
    CHECK(door.send("admin", "GET /api/v1/users/county").body["second_factor"] == true);
}

TEST_CASE("secret and recovery codes are shown once: a repeated request does not show them again") {
    Enrolling door;
    Extra const key{.idempotency_key = "k"};
    CHECK(door.ask("county", "POST /api/v1/me/second-factor", password, key).status == 201);
    CHECK(door.ask("county", "POST /api/v1/me/second-factor", password, key).code() ==
          "secret_shown_once");
}

TEST_CASE("where a role needs one, its holder may enrol and nothing else, and API keys go on") {
    Enrolling door;
    auto const made = door.ask("admin", "POST /api/v1/api-keys",
                               {{"name", "平台"},
                                {"organisation", "360731"},
                                {"roles", {"coordinator"}},
                                {"expires_at", "2026-12-31T00:00:00+08:00"}});
    REQUIRE(made.status == 201);
    door.use_token("platform", made.body["secret"]);
    REQUIRE(door.ask("admin", "PATCH /api/v1/security", {{"second_factor_roles", {"coordinator"}}})
                .status == 200);
    CHECK(door.send("county", "GET /api/v1/problems").code() == "second_factor_must_enrol");
    CHECK(door.send("county", "GET /api/v1/me").body["owes"] == "second_factor");
    CHECK(door.send("county", "GET /api/v1/me/second-factor").body["compulsory"] == true);
    CHECK(door.send("township", "GET /api/v1/problems").status == 200);
    CHECK(door.send("platform", "GET /api/v1/problems").status == 200);
    door.enrol("county");
    CHECK(door.send("county", "GET /api/v1/problems").status == 200);
    CHECK(door.send("county", "GET /api/v1/me").body["owes"] == "nothing");
    CHECK(door.ask("county", "POST /api/v1/me/second-factor/remove",
                   {{"password", "correct horse"}, {"code", door.shown()}})
              .code() == "second_factor_compulsory");
}

TEST_CASE("an administrator of the region takes it off, and the audit tells it") {
    Enrolling door;
    door.enrol("township");
    auto const path = "DELETE /api/v1/users/township/second-factor";
    CHECK(door.send("elsewhere", path).code() == "unknown_user");
    CHECK(door.send("county-admin", path).status == 204);
    CHECK(door.sign_in("township").status == 201);
    CHECK(door.send("county-admin", path).code() == "no_second_factor");
    auto const told = door.send("county-admin", "GET /api/v1/audit?kind=second_factor").body;
    REQUIRE(told["items"].size() == 2);
    CHECK(told["items"][0]["event"] == "second_factor_reset");
    CHECK(told["items"][0]["actor"] == "county-admin");
    CHECK(told["items"][1]["event"] == "second_factor_enrolled");
}
