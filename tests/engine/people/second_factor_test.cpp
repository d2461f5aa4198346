// A second factor from its enrolment to its end, and signing in with it.

#include "engine/limits.hpp"
#include "engine/people/accounts.hpp"
#include "engine/people/one_time_codes.hpp"
#include "engine/people/second_factor.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr char const* password = "correct horse";

/// A clerk who is signed in, and a device.
struct Owner {
    Owner() {
        REQUIRE(accounts
                    .save(engine::system_caller(),
                          {.name = "clerk",
                           .display_name = "clerk",
                           .organisation = "360731100",
                           .roles = {Role::reporter}},
                          password, 0)
                    .has_value());
        token = accounts.sign_in("clerk", password, "10.0.0.1").value().token;
    }

    [[nodiscard]] Caller clerk() const { return {accounts.actor_of(token).value()}; }
    /// What the device shows so many steps from now.
    std::string shown(std::int64_t steps = 0) {
        return code_at(secret, step_at(desk.clock.now() + 30s * steps));
    }
    void enrol() {
        secret =
            secret_of(accounts.begin_second_factor(clerk(), password, "").value().secret).value();
        papers = accounts.confirm_second_factor(clerk(), token, shown()).value();
        desk.clock.advance(1min);
    }
    Outcome<SignedIn> sign_in(std::string code, Accounts* of = nullptr) {
        auto& asked = of != nullptr ? *of : accounts;
        return asked.sign_in({.name = "clerk",
                              .password = password,
                              .address = "10.0.0.1",
                              .code = std::move(code)});
    }
    std::string sign_in_code(std::string code, Accounts* of = nullptr) {
        auto const signed_in = sign_in(std::move(code), of);
        return signed_in ? "" : std::string(signed_in.error().code);
    }
    std::vector<std::string> events_after(std::uint64_t seq) {
        std::vector<std::string> types;
        auto const events = desk.own_store->events_after(seq, 100).value();
        for (auto const& event : events) types.push_back(json::parse(event.body)["type"]);
        return types;
    }

    Desk desk;
    Accounts& accounts = desk.office.accounts;
    std::string token, secret;
    std::vector<std::string> papers;
};

template <class T>
std::string code_of(Outcome<T> const& outcome) {
    if (outcome) return {};
    auto const& refusal = outcome.error();
    return std::string(refusal.errors.empty() ? refusal.code : refusal.errors[0].code);
}

} // namespace

TEST_CASE("with a second factor the password alone opens nothing") {
    Owner owner;
    auto const seq = owner.desk.own_store->status().last_seq;
    owner.enrol();
    CHECK(owner.papers.size() == limits::recovery_codes);
    CHECK(owner.events_after(seq) == std::vector<std::string>{"second_factor_enrolled"});
    CHECK(owner.sign_in_code("") == "second_factor_required");
    CHECK(owner.sign_in_code(owner.shown()) == "");
    CHECK(owner.accounts.second_factor_of("clerk").enrolled_at.has_value());
    CHECK(owner.accounts.sign_in("clerk", "wrong horse", "10.0.0.1").error().code ==
          "sign_in_failed");
    auto const events = owner.desk.own_store->events_after(0, 500).value();
    for (auto const& event : events) {
        CHECK(event.body.find(base32_of(owner.secret)) == std::string::npos);
        CHECK(event.body.find(owner.papers[0]) == std::string::npos);
    }
}

TEST_CASE("a code is taken once, after a restart too, and the one before it no more") {
    Owner owner;
    owner.enrol();
    auto const code = owner.shown(), before = owner.shown(-1);
    CHECK(owner.sign_in_code(code) == "");
    CHECK(owner.sign_in_code(code) == "second_factor_wrong");
    CHECK(owner.sign_in_code(before) == "second_factor_wrong");
    Desk later(*owner.desk.own_store);
    std::array<std::uint8_t, 4'096> drawn{}; // or it would draw the tokens that are taken
    later.random.fill(drawn);
    later.clock.advance(owner.desk.clock.now() - later.clock.now());
    CHECK(owner.sign_in_code(code, &later.office.accounts) == "second_factor_wrong");
    CHECK(owner.sign_in_code(owner.shown(1), &later.office.accounts) == "");
}

TEST_CASE("the code that confirmed the enrolment is used by that") {
    Owner owner;
    owner.secret =
        secret_of(owner.accounts.begin_second_factor(owner.clerk(), password, "").value().secret)
            .value();
    auto const code = owner.shown();
    REQUIRE(owner.accounts.confirm_second_factor(owner.clerk(), owner.token, code).has_value());
    CHECK(owner.sign_in_code(code) == "second_factor_wrong");
}

TEST_CASE("each recovery code opens one session, and the audit tells it") {
    Owner owner;
    owner.enrol();
    auto const seq = owner.desk.own_store->status().last_seq;
    CHECK(owner.sign_in_code(owner.papers[3]) == "");
    CHECK(owner.events_after(seq) == std::vector<std::string>{"recovery_code_used", "signed_in"});
    CHECK(owner.sign_in_code(owner.papers[3]) == "second_factor_wrong");
    CHECK(owner.accounts.second_factor_of("clerk").recovery_codes_left ==
          limits::recovery_codes - 1);
    Desk later(*owner.desk.own_store);
    std::array<std::uint8_t, 4'096> drawn{}; // or it would draw the tokens that are taken
    later.random.fill(drawn);
    CHECK(owner.sign_in_code(owner.papers[3], &later.office.accounts) == "second_factor_wrong");
    CHECK(owner.sign_in_code(owner.papers[4], &later.office.accounts) == "");

    SUBCASE("until there are new ones") {
        auto const fresh =
            owner.accounts.renew_recovery_codes(owner.clerk(), password, owner.shown());
        REQUIRE(fresh.has_value());
        CHECK(owner.sign_in_code(owner.papers[5]) == "second_factor_wrong");
        CHECK(owner.sign_in_code((*fresh)[5]) == "");
    }
}

TEST_CASE("wrong codes are guesses as wrong passwords are, and a right password excuses none") {
    Owner owner;
    owner.enrol();
    auto const seq = owner.desk.own_store->status().last_seq;
    for (std::size_t i = 0; i < limits::sign_in_failures; ++i) {
        CHECK(owner.sign_in_code("000000") == "second_factor_wrong");
        if (i + 1 < limits::sign_in_failures)
            CHECK(owner.sign_in_code("") == "second_factor_required");
    }
    CHECK(owner.sign_in_code(owner.shown()) == "too_many_attempts");
    CHECK(owner.events_after(seq) ==
          std::vector<std::string>(limits::sign_in_failures, "second_factor_failed"));
    CHECK(owner.accounts.actor_of(owner.token).has_value());
    owner.desk.clock.advance(std::chrono::seconds(limits::sign_in_window_s + 1));
    CHECK(owner.sign_in_code(owner.shown()) == "");
}

TEST_CASE(
    "with the right password codes are guessed no oftener at the account than on the way in") {
    Owner owner;
    owner.enrol();
    for (std::size_t i = 0; i < limits::sign_in_failures; ++i)
        CHECK(code_of(owner.accounts.remove_second_factor(owner.clerk(), password, "000000")) ==
              "wrong_code");
    CHECK(code_of(owner.accounts.remove_second_factor(owner.clerk(), password, owner.shown())) ==
          "too_many_attempts");
}

TEST_CASE("an enrolment needs the password and a right code in time") {
    Owner owner;
    auto& accounts = owner.accounts;
    CHECK(code_of(accounts.confirm_second_factor(owner.clerk(), owner.token, "123456")) ==
          "no_enrolment");
    CHECK(code_of(accounts.begin_second_factor(owner.clerk(), "wrong", "")) == "wrong");
    owner.secret =
        secret_of(accounts.begin_second_factor(owner.clerk(), password, "").value().secret).value();
    CHECK(code_of(accounts.confirm_second_factor(owner.clerk(), owner.token, "000000")) ==
          "wrong_code");
    CHECK(owner.sign_in_code("") == ""); // nothing holds before it is confirmed
    owner.desk.clock.advance(std::chrono::minutes(limits::enrolment_minutes));
    CHECK(code_of(accounts.confirm_second_factor(owner.clerk(), owner.token, owner.shown())) ==
          "no_enrolment");
}

TEST_CASE("another device takes the place of the first with a code of it") {
    Owner owner;
    owner.enrol();
    auto& accounts = owner.accounts;
    CHECK(code_of(accounts.begin_second_factor(owner.clerk(), password, "")) == "wrong_code");
    auto const begun = accounts.begin_second_factor(owner.clerk(), password, owner.shown());
    REQUIRE(begun.has_value());
    owner.desk.clock.advance(1min);
    CHECK(owner.sign_in_code(owner.shown()) == ""); // the first one still holds
    auto const first = owner.secret;
    owner.secret = secret_of(begun->secret).value();
    REQUIRE(accounts.confirm_second_factor(owner.clerk(), owner.token, owner.shown()).has_value());
    owner.desk.clock.advance(1min);
    CHECK(owner.sign_in_code(code_at(first, step_at(owner.desk.clock.now()))) ==
          "second_factor_wrong");
    CHECK(owner.sign_in_code(owner.shown()) == "");
}

TEST_CASE("whoever enrols ends the sessions that the password alone has opened") {
    Owner owner;
    auto const other = owner.sign_in("").value().token;
    owner.enrol();
    CHECK(owner.accounts.actor_of(owner.token).has_value());
    CHECK(owner.accounts.actor_of(other).has_error());
}

TEST_CASE("one removes one's own with both, where no role needs it") {
    Owner owner;
    owner.enrol();
    auto& accounts = owner.accounts;
    CHECK(code_of(accounts.remove_second_factor(owner.clerk(), password, "000000")) ==
          "wrong_code");
    CHECK(code_of(accounts.remove_second_factor(owner.clerk(), "wrong", owner.shown())) == "wrong");
    REQUIRE(owner.desk.office.security
                .change(owner.desk.administrator,
                        fields_of({{"second_factor_roles", Texts{"reporter"}}}), std::nullopt)
                .has_value());
    CHECK(code_of(accounts.remove_second_factor(owner.clerk(), password, owner.shown())) ==
          "second_factor_compulsory");
    REQUIRE(owner.desk.office.security
                .change(owner.desk.administrator, fields_of({{"second_factor_roles", Texts{}}}),
                        std::nullopt)
                .has_value());
    CHECK(code_of(accounts.remove_second_factor(owner.clerk(), password, owner.shown())) == "");
    CHECK(owner.sign_in_code("") == "");
}

TEST_CASE("an administrator takes it off another's account, and the audit tells it") {
    Owner owner;
    owner.enrol();
    auto& accounts = owner.accounts;
    auto const& desk = owner.desk;
    CHECK(code_of(accounts.reset_second_factor(desk.elsewhere, "clerk")) == "forbidden");
    CHECK(code_of(accounts.reset_second_factor(desk.administrator, "nobody")) == "unknown_user");
    auto const seq = desk.own_store->status().last_seq;
    CHECK(code_of(accounts.reset_second_factor(desk.administrator, "clerk")) == "");
    CHECK(owner.events_after(seq) == std::vector<std::string>{"second_factor_reset"});
    CHECK(accounts.actor_of(owner.token).has_error());
    CHECK(owner.sign_in_code("") == "");
    CHECK(code_of(accounts.reset_second_factor(desk.administrator, "clerk")) == "no_second_factor");
    Caller own = desk.administrator;
    own.user = "clerk";
    CHECK(code_of(accounts.reset_second_factor(own, "clerk")) == "not_of_oneself");
}

TEST_CASE("where a role needs a second factor, an account without one may only enrol") {
    Owner owner;
    REQUIRE(owner.desk.office.security
                .change(owner.desk.administrator,
                        fields_of({{"second_factor_roles", Texts{"reporter", "administrator"}}}),
                        std::nullopt)
                .has_value());
    auto& accounts = owner.accounts;
    CHECK(accounts.actor_of(owner.token).error().code == "second_factor_must_enrol");
    auto const actor = accounts.actor_of(owner.token, Accounts::Use::newcomer);
    REQUIRE(actor.has_value());
    CHECK(accounts.owed_by(*accounts.find("clerk")) == Owed::second_factor);
    owner.secret =
        secret_of(accounts.begin_second_factor(Caller{*actor}, password, "").value().secret)
            .value();
    REQUIRE(accounts.confirm_second_factor(Caller{*actor}, owner.token, owner.shown()).has_value());
    CHECK(accounts.actor_of(owner.token).has_value());
}

TEST_CASE("with a first password nobody enrols a device") {
    Owner owner;
    REQUIRE(owner.accounts
                .save(owner.desk.administrator, *owner.accounts.find("clerk"), "battery staple",
                      std::nullopt)
                .has_value());
    auto const token = owner.accounts.sign_in("clerk", "battery staple", "x").value().token;
    auto const actor = owner.accounts.actor_of(token, Accounts::Use::newcomer).value();
    CHECK(code_of(owner.accounts.begin_second_factor(Caller{actor}, "battery staple", "")) ==
          "password_must_change");
}

TEST_CASE("the document of a second factor is read as it was written") {
    SecondFactor const factor{.secret = std::string("\0\xff secret", 9),
                              .last_step = 58'000'000,
                              .recovery = {"a", "", "c"},
                              .enrolled_at = Time(1'700'000'000'123ms)};
    auto const read = second_factor_of(body_of(factor));
    CHECK(read.secret == factor.secret);
    CHECK(read.last_step == factor.last_step);
    CHECK(read.recovery == factor.recovery);
    CHECK(read.enrolled_at == factor.enrolled_at);
    CHECK(read.recovery_codes_left() == 2);
}

TEST_CASE("wrong codes hold a sign-in back for the window, whatever the wall clock says") {
    Owner owner;
    owner.enrol();
    owner.desk.clock.jump(std::chrono::hours(24 * 365));
    for (std::size_t i = 0; i < limits::sign_in_failures; ++i)
        CHECK(owner.sign_in_code("000000") == "second_factor_wrong");
    CHECK(owner.sign_in_code(owner.shown()) == "too_many_attempts");
    owner.desk.clock.advance(std::chrono::seconds(limits::sign_in_window_s));
    CHECK(owner.sign_in_code(owner.shown()) == "");
}
