// What an installation asks of its accounts, beyond what is built in.

#include "engine/limits.hpp"
#include "engine/people/accounts.hpp"
#include "engine/people/passwords.hpp"
#include "engine/people/security_policy.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr char const* password = "correct horse";

struct Installation {
    Installation() {
        hire("clerk", {Role::reporter});
        hire("keeper", {Role::reporter, Role::administrator});
    }
    void hire(std::string name, Roles roles) {
        REQUIRE(
            accounts
                .save(engine::system_caller(),
                      {.name = name, .display_name = name, .organisation = "36", .roles = roles},
                      password, 0)
                .has_value());
    }
    std::string token_of(char const* name, char const* address = "10.36.1.7") {
        return accounts.sign_in(name, password, address).value().token;
    }
    /// Empty: it is saved; else the code of the first error.
    std::string ask(std::initializer_list<std::pair<std::string_view, Value>> fields) {
        Caller actor = desk.administrator;
        actor.address = "10.36.1.7";
        auto const changed = security.change(actor, fields_of(fields), std::nullopt);
        if (changed) return {};
        auto const& refusal = changed.error();
        return std::string(refusal.errors.empty() ? refusal.code : refusal.errors[0].code);
    }
    [[nodiscard]] std::string code_of(std::string const& token) const {
        auto const actor = accounts.actor_of(token);
        return actor ? "" : std::string(actor.error().code);
    }

    Desk desk;
    Security& security = desk.office.security;
    Accounts& accounts = desk.office.accounts;
};

} // namespace

TEST_CASE("without a policy passwords last, and nobody needs a second factor") {
    SecurityPolicy const built_in;
    CHECK(built_in.password_days == 0);
    CHECK(built_in.password_kinds == 0);
    CHECK(built_in.first_password_changes);
    CHECK_FALSE(owes_second_factor(built_in, {Role::administrator}));
    CHECK(built_in.administrator_addresses.empty());
}

TEST_CASE("what is named of the policy changes and the rest stays, after a restart too") {
    Installation place;
    CHECK(place.ask({{"password_characters", std::int64_t{12}},
                     {"key_addresses", Texts{"10.36.0.0/16"}}}) == "");
    CHECK(place.ask({{"password_kinds", std::int64_t{3}}}) == "");
    Desk later(*place.desk.own_store);
    for (auto const& policy : {place.security.policy(), later.office.security.policy()}) {
        CHECK(policy->password_characters == 12);
        CHECK(policy->password_kinds == 3);
        CHECK(policy->key_addresses.contains("10.36.1.7"));
        CHECK(policy->version == 2);
    }
    CHECK(place.security.change(place.desk.administrator, {}, 1).error().code ==
          "version_mismatch");
    CHECK(later.office.security.reset().has_value());
    CHECK(later.office.security.policy()->password_characters == 8);
    CHECK(Desk(*place.desk.own_store).office.security.policy()->version == 0);
}

TEST_CASE("a policy out of bounds is refused, and changes nothing") {
    Installation place;
    for (auto const& [name, number] : {std::pair{"password_days", -1},
                                       {"password_days", 3'651},
                                       {"password_characters", 7},
                                       {"password_kinds", 5},
                                       {"idle_minutes", 4},
                                       {"idle_minutes", 121},
                                       {"administrator_idle_minutes", 0}})
        CHECK(place.ask({{name, std::int64_t{number}}}) == "out_of_bounds");
    CHECK(place.ask({{"second_factor_roles", Texts{"system"}}}) == "unknown_role");
    CHECK(place.ask({{"administrator_addresses", Texts{"10.36.0.1/16"}}}) == "invalid_address");
    CHECK(place.ask({{"key_addresses", Texts(65, "10.0.0.1")}}) == "invalid_address");
    CHECK(place.security.policy()->version == 0);
}

TEST_CASE("administrators come from their addresses alone, and cannot lock themselves out") {
    Installation place;
    CHECK(place.ask({{"administrator_addresses", Texts{"10.99.0.0/16"}}}) == "locks_out");
    CHECK(place.ask({{"administrator_addresses", Texts{"10.36.0.0/16"}}}) == "");
    auto const keeper = place.accounts.actor_of(place.token_of("keeper")).value();
    CHECK(place.security.admits(keeper, "10.36.9.9").has_value());
    CHECK(place.security.admits(keeper, "10.37.0.1").error().code == "address_not_allowed");
    CHECK(place.accounts.sign_in("keeper", password, "10.37.0.1").error().code ==
          "address_not_allowed");
    CHECK(place.accounts.sign_in("keeper", "wrong horse", "10.37.0.1").error().code ==
          "sign_in_failed");
    CHECK(place.accounts.sign_in("clerk", password, "10.37.0.1").has_value());
    Actor key;
    key.user = "key:x";
    CHECK(place.security.admits(key, "203.0.113.1").has_value());
    CHECK(place.ask({{"key_addresses", Texts{"10.36.0.0/16"}}}) == "");
    CHECK(place.security.admits(key, "203.0.113.1").error().code == "address_not_allowed");
    CHECK(place.security.admits(key, "10.36.1.1").has_value());
}

TEST_CASE("administrators are idle for a shorter time than others") {
    Installation place;
    auto const clerk = place.token_of("clerk"), keeper = place.token_of("keeper");
    place.desk.clock.advance(std::chrono::minutes(limits::administrator_idle_minutes));
    CHECK(place.code_of(keeper) == "session_invalid");
    CHECK(place.code_of(clerk) == "");
    CHECK(place.ask({{"idle_minutes", std::int64_t{15}}}) == "");
    place.desk.clock.advance(15min);
    CHECK(place.code_of(clerk) == "session_invalid");
    auto const again = place.token_of("keeper");
    place.desk.clock.advance(15min); // never longer than everybody
    CHECK(place.code_of(again) == "session_invalid");
}

TEST_CASE("a password that is too old has to be changed, and no other thing can be done") {
    Installation place;
    CHECK(place.ask({{"password_days", std::int64_t{90}}}) == "");
    CHECK(place.code_of(place.token_of("clerk")) == "");
    place.desk.clock.advance(std::chrono::hours(24 * 90));
    auto const token = place.token_of("clerk");
    CHECK(place.code_of(token) == "password_expired");
    CHECK(place.accounts.owed_by(*place.accounts.find("clerk")) == Owed::new_password);
    auto const actor = place.accounts.actor_of(token, Accounts::Use::newcomer).value();
    CHECK(place.accounts.change_password(Caller{actor}, token, password, "battery staple")
              .has_value());
    CHECK(place.code_of(token) == "");
    Desk later(*place.desk.own_store);
    later.clock.advance(place.desk.clock.now() - later.clock.now());
    CHECK(later.office.accounts.owed_by(*later.office.accounts.find("clerk")) == Owed::nothing);
}

TEST_CASE("a password that an older program took ages from when passwords began to") {
    Installation place;
    auto& documents = place.desk.office.documents;
    auto body = json::parse(documents.find("user", "clerk").value()->body);
    CHECK(body.erase("password_set_at") == 1);
    REQUIRE(documents
                .write(place.desk.administrator, {{.kind = "user",
                                                   .id = "clerk",
                                                   .expected_version = std::nullopt,
                                                   .body = body.dump(),
                                                   .event = {},
                                                   .said = {}}})
                .has_value());
    Desk later(*place.desk.own_store);
    auto& accounts = later.office.accounts;
    later.clock.advance(std::chrono::hours(24 * 400));
    REQUIRE(later.office.security
                .change(later.administrator, fields_of({{"password_days", std::int64_t{90}}}),
                        std::nullopt)
                .has_value());
    CHECK(accounts.owed_by(*accounts.find("clerk")) == Owed::nothing);
    CHECK(accounts.owed_by(*accounts.find("keeper")) == Owed::new_password);
    later.clock.advance(std::chrono::hours(24 * 90));
    CHECK(accounts.owed_by(*accounts.find("clerk")) == Owed::new_password);
}

TEST_CASE("length and kinds of characters are asked as the policy says") {
    Installation place;
    CHECK(place.ask({{"password_characters", std::int64_t{10}},
                     {"password_kinds", std::int64_t{3}}}) == "");
    auto const saved = [&](char const* given) {
        auto const result = place.accounts.save(place.desk.administrator,
                                                *place.accounts.find("clerk"), given, std::nullopt);
        return result ? "" : std::string(result.error().errors.at(0).code);
    };
    CHECK(saved("Aa1-Aa1-A") == "too_short");
    CHECK(saved("aaaa-bbbb-cccc") == "too_few_kinds");
    CHECK(saved("aaaa-BBBB-cccc") == "");
    CHECK(saved("山高水长Ab又一年春") == "");
    auto const token = place.accounts.sign_in("clerk", "山高水长Ab又一年春", "x").value().token;
    auto const actor = place.accounts.actor_of(token, Accounts::Use::newcomer).value();
    CHECK(
        place.accounts.change_password(Caller{actor}, token, "山高水长Ab又一年春", "battery staple")
            .error()
            .errors.at(0)
            .code == "too_few_kinds");
}

TEST_CASE("whether a first password has to be changed is for the policy to say") {
    Installation place;
    auto const is_first = [&] {
        return place.accounts
            .save(place.desk.administrator, *place.accounts.find("clerk"), "battery staple",
                  std::nullopt)
            .value()
            .must_change_password;
    };
    CHECK(is_first());
    CHECK(place.ask({{"first_password_changes", false}}) == "");
    CHECK_FALSE(is_first());
}
