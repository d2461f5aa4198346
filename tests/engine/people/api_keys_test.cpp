#include "engine/limits.hpp"
#include "engine/people/session_tokens.hpp"
#include "engine/text/json_text.hpp"
#include "engine/text/time_text.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

User maker_at(std::string organisation) {
    return {.name = "maker",
            .display_name = "管理员",
            .organisation = std::move(organisation),
            .roles = {Role::administrator}};
}

void save(Desk& desk, User user) {
    auto const known = desk.office.accounts.find(user.name);
    auto const password = known ? std::nullopt : std::optional<std::string>("correct horse");
    auto const saved =
        desk.office.accounts.save(engine::system_caller(), std::move(user), password, std::nullopt);
    INFO((saved ? "" : saved.error().detail));
    REQUIRE(saved.has_value());
}

Outcome<MadeKey> make(Desk& desk, std::string organisation, Roles roles) {
    ApiKey described;
    described.name = "平台";
    described.organisation = std::move(organisation);
    described.roles = roles;
    described.expires_at = desk.clock.now() + 24h * 365;
    return desk.office.api_keys.make(Caller{desk.office.accounts.actor_named("maker").value()},
                                     std::move(described));
}

std::string code_of(Desk& desk, std::string_view secret) {
    auto const actor = desk.office.api_keys.actor_of(secret);
    return actor ? "in force" : std::string(actor.error().code);
}

void set_active(Desk& desk, std::string const& code, bool active) {
    auto organisation = desk.office.organisations.find(code).value();
    organisation.active = active;
    REQUIRE(desk.office.organisations
                .save(desk.office.documents, engine::system_caller(), organisation, std::nullopt)
                .has_value());
}

/// A key as an older program may have left it in the store.
void keep(Desk& desk, std::string const& id, std::string const& created_by, Texts const& roles,
          Time expires_at) {
    json const body = {
        {"hash", session_id_of("bjk_" + id)}, {"name", id},
        {"organisation", "360731"},           {"roles", roles},
        {"created_by", created_by},           {"created_at", time_text(desk.clock.now())},
        {"expires_at", time_text(expires_at)}};
    REQUIRE(desk.office.documents
                .write(engine::system_caller(), {{.kind = "api_key",
                                                  .id = id,
                                                  .expected_version = 0,
                                                  .body = body.dump(),
                                                  .event = {},
                                                  .said = {}}})
                .has_value());
}

} // namespace

TEST_CASE("a key does not administer anything") {
    Desk desk;
    save(desk, maker_at("360731"));
    auto const refused = make(desk, "360731", {Role::administrator, Role::coordinator});
    REQUIRE(refused.has_error());
    CHECK(refused.error().errors.at(0).code == "role_not_for_keys");
    CHECK(make(desk, "360731", {Role::coordinator}).has_value());
}

TEST_CASE("a key is made by whoever administers its organisation, for what they may give") {
    Desk desk;
    save(desk, maker_at("360731-transport"));
    CHECK(make(desk, "360731", {Role::handler}).error().code == "forbidden");
    CHECK(make(desk, "360731-finance", {Role::handler}).error().code == "forbidden");
    CHECK(make(desk, "360731-transport", {Role::coordinator}).error().code ==
          "role_beyond_department");
    CHECK(make(desk, "360731-transport", {Role::handler}).has_value());
}

TEST_CASE("a key ends when its maker could not make it any more") {
    Desk desk;
    save(desk, maker_at("360731"));
    auto const made = make(desk, "360731-transport", {Role::supervisor});
    REQUIRE(made.has_value());
    REQUIRE(code_of(desk, made->secret) == "in force");
    auto maker = maker_at("360731");

    SUBCASE("deactivated") {
        maker.active = false;
        save(desk, maker);
    }
    SUBCASE("without the role") {
        maker.roles = {Role::coordinator};
        save(desk, maker);
    }
    SUBCASE("moved to another region") {
        maker.organisation = "360121";
        save(desk, maker);
    }
    SUBCASE("moved to a department, whose administrator does not give that role") {
        maker.organisation = "360731-transport";
        save(desk, maker);
    }
    SUBCASE("of an organisation that is closed down") {
        set_active(desk, "360731", false);
    }
    SUBCASE("of a region below one that is closed down") {
        set_active(desk, "3607", false);
    }
    SUBCASE("for an organisation that is closed down") {
        set_active(desk, "360731-transport", false);
    }
    CHECK(code_of(desk, made->secret) == "api_key_invalid");
    auto const key = desk.office.api_keys.find(made->key.id).value();
    CHECK_FALSE(desk.office.api_keys.is_in_force(key)); // and is still there to be revoked
    Desk later(*desk.own_store);
    CHECK(code_of(later, made->secret) == "api_key_invalid");
}

TEST_CASE("what an older program gave a key too much is taken away when it is loaded") {
    Desk before;
    save(before, maker_at("360731"));
    auto const soon = before.clock.now() + 24h * 30;
    keep(before, "both", "maker", {"administrator", "coordinator"}, soon);
    keep(before, "administers", "maker", {"administrator"}, soon);
    keep(before, "system", "maker", {"system", "coordinator"}, soon);
    keep(before, "heir", "key:both", {"coordinator"}, soon);
    keep(before, "orphan", "nobody", {"coordinator"}, soon);
    keep(before, "lasting", "maker", {"coordinator"}, before.clock.now() + 24h * 3'650);

    Desk desk(*before.own_store);
    for (std::string const id : {"both", "system", "lasting"}) {
        auto const actor = desk.office.api_keys.actor_of("bjk_" + id);
        REQUIRE(actor.has_value());
        CHECK(actor->roles == Roles{Role::coordinator});
    }
    CHECK(code_of(desk, "bjk_administers") == "api_key_invalid");
    CHECK(code_of(desk, "bjk_heir") == "api_key_invalid");
    CHECK(code_of(desk, "bjk_orphan") == "api_key_invalid");
    CHECK(desk.office.api_keys.list(desk.administrator).size() == 6);
    desk.clock.advance(24h * (limits::api_key_days + 1));
    CHECK(code_of(desk, "bjk_lasting") == "api_key_invalid");
}
