#include "engine/limits.hpp"
#include "engine/people/accounts.hpp"
#include "engine/people/passwords.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

#include <future>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;

namespace {

User clerk() {
    return {.name = "clerk",
            .display_name = "贡江镇经办",
            .organisation = "360731100",
            .roles = {Role::reporter}};
}

User created(Desk& desk, User user = clerk()) {
    auto const saved = desk.office.accounts.save(engine::system_caller(), user, "correct horse", 0);
    INFO((saved ? "" : saved.error().detail));
    REQUIRE(saved.has_value());
    return *saved;
}

std::string sign_in_code(Desk& desk, std::string name, std::string password) {
    auto const signed_in = desk.office.accounts.sign_in(name, password, "127.0.0.1");
    return signed_in ? "signed in" : std::string(signed_in.error().code);
}

std::string save_code(Desk& desk, Caller const& actor, User user,
                      std::optional<std::string> password = "correct horse",
                      std::optional<std::uint64_t> version = std::nullopt) {
    auto const saved = desk.office.accounts.save(actor, user, password, version);
    return saved ? "saved" : std::string(saved.error().code);
}

} // namespace

TEST_CASE("who signs in is the actor behind the token") {
    Desk desk;
    created(desk);
    auto const signed_in = desk.office.accounts.sign_in("clerk", "correct horse", "127.0.0.1");
    REQUIRE(signed_in.has_value());
    auto const actor = desk.office.accounts.actor_of(signed_in->token);
    REQUIRE(actor.has_value());
    CHECK(actor->user == "clerk");
    CHECK(actor->region == "360731100");
    CHECK(actor->level == Level::township);
    CHECK(actor->has(Role::reporter));
    CHECK(desk.office.accounts.actor_of("x").error().code == "session_invalid");

    SUBCASE("until the session is over") {
        for (int hour = 0; hour < limits::session_hours; ++hour) {
            CHECK(desk.office.accounts.actor_of(signed_in->token).has_value());
            desk.clock.advance(1h);
        }
        CHECK(desk.office.accounts.actor_of(signed_in->token).has_error());
    }
    SUBCASE("while it is used, and an open feed is no use") {
        using Use = Accounts::Use;
        auto const of = [&](Use use) {
            return desk.office.accounts.actor_of(signed_in->token, use).has_value();
        };
        desk.clock.advance(std::chrono::minutes(limits::session_idle_minutes - 1));
        CHECK(of(Use::active));
        desk.clock.advance(std::chrono::minutes(limits::session_idle_minutes - 1));
        CHECK(of(Use::passive));
        desk.clock.advance(1min);
        CHECK_FALSE(of(Use::passive));
        CHECK_FALSE(of(Use::active));
    }
    SUBCASE("until signing out") {
        REQUIRE(desk.office.accounts.sign_out(signed_in->token).has_value());
        CHECK(desk.office.accounts.actor_of(signed_in->token).has_error());
    }
    SUBCASE("until the sessions are revoked") {
        REQUIRE(desk.office.accounts.revoke_sessions(desk.administrator, "clerk").has_value());
        CHECK(desk.office.accounts.actor_of(signed_in->token).has_error());
    }
    SUBCASE("until the roles change") {
        User changed = clerk();
        changed.roles = {Role::reporter, Role::handler};
        CHECK(save_code(desk, desk.administrator, changed, std::nullopt) == "saved");
        CHECK(desk.office.accounts.actor_of(signed_in->token).has_error());
    }
    SUBCASE("across a restart") {
        Desk later(*desk.own_store);
        CHECK(later.office.accounts.actor_of(signed_in->token).value().user == "clerk");
    }
}

TEST_CASE("a wrong password and an unknown name are refused alike, and then throttled") {
    Desk desk;
    created(desk);
    CHECK(sign_in_code(desk, "clerk", "wrong") == "sign_in_failed");
    CHECK(sign_in_code(desk, "nobody", "wrong") == "sign_in_failed");
    for (std::size_t i = 1; i < limits::sign_in_failures; ++i)
        CHECK(sign_in_code(desk, "clerk", "wrong") == "sign_in_failed");
    CHECK(sign_in_code(desk, "clerk", "correct horse") == "too_many_attempts");
    desk.clock.advance(std::chrono::seconds(limits::sign_in_window_s + 1));
    CHECK(sign_in_code(desk, "clerk", "correct horse") == "signed in");
}

TEST_CASE("signing in on the pool answers as signing in does") {
    Desk desk;
    created(desk);
    std::promise<bool> answered;
    desk.office.accounts.sign_in(
        {.name = "clerk", .password = "correct horse", .address = "127.0.0.1"},
        [&](Outcome<SignedIn> signed_in) { answered.set_value(signed_in.has_value()); });
    CHECK(answered.get_future().get());
}

TEST_CASE("a password is long, not everybody's, and of any kind") {
    struct Row {
        std::string password;
        char const* code; // empty: taken
    };
    Row const rows[] = {
        {"1234567", "too_short"},
        {"办结办结办结办", "too_short"},
        {std::string(129, 'x'), "too_long"},
        {std::string("\xff\xfe") + "12345678", "wrong_type"},
        {"my name is Clerk", "contains_name"},
        {"BanJie at work", "contains_own_word"},
        {"我在用办结系统工作", "contains_own_word"},
        {"12345678", "too_common"},
        {"Password1", "too_common"},
        {"qwertyuiop", "too_common"},
        {"woaini1314", "too_common"},
        {"12111981", "too_common"},
        {"zzzzqqqq", ""}, // no rule asks for digits or capitals
        {"correct horse", ""},
        {"贡江镇的桥要修了", ""},
        {std::string(128, 'y'), ""},
        {"  spaces are kept  ", ""},
    };
    for (Row const& row : rows) {
        INFO(row.password);
        auto const error = check_password(row.password, "clerk");
        CHECK((error ? error->code.name() : "") == row.code);
    }
}

TEST_CASE("a password fits as it was typed, whole and to the letter") {
    Desk desk;
    auto const typed = std::string(127, 'z') + "Z";
    REQUIRE(desk.office.accounts.save(desk.administrator, clerk(), typed, 0).has_value());
    CHECK(sign_in_code(desk, "clerk", std::string(128, 'z')) == "sign_in_failed");
    CHECK(sign_in_code(desk, "clerk", typed.substr(0, 127)) == "sign_in_failed");
    CHECK(sign_in_code(desk, "clerk", typed + " ") == "sign_in_failed");
    CHECK(sign_in_code(desk, "clerk", typed) == "signed in");
}

TEST_CASE("an account that does not fit is refused with what is wrong") {
    Desk desk;
    User user = clerk();
    CHECK(save_code(desk, desk.administrator, user, std::nullopt) == "invalid_user");
    CHECK(save_code(desk, desk.administrator, user, "short") == "invalid_user");
    CHECK(save_code(desk, desk.administrator, user, "12345678") == "invalid_user");
    user.name = "Clerk One";
    CHECK(save_code(desk, desk.administrator, user) == "invalid_user");
    user = clerk();
    user.organisation = "360999";
    CHECK(save_code(desk, desk.administrator, user) == "invalid_user");
    user = clerk();
    user.roles = {};
    CHECK(save_code(desk, desk.administrator, user) == "invalid_user");
    CHECK_FALSE(desk.office.accounts.find("clerk").has_value());
}

TEST_CASE("an administrator acts within the own region alone") {
    Desk desk;
    auto const of_city = Desk::person("city-admin", "3601", {Role::administrator});
    CHECK(save_code(desk, of_city, clerk()) == "forbidden");
    CHECK(save_code(desk, desk.county, clerk()) == "forbidden");
    created(desk);
    CHECK(desk.office.accounts.revoke_sessions(of_city, "clerk").error().code == "forbidden");
    User stolen = clerk();
    stolen.organisation = "3601";
    CHECK(save_code(desk, of_city, stolen) == "forbidden");
}

TEST_CASE("a name is taken once, and a stale version is refused") {
    Desk desk;
    auto const user = created(desk);
    CHECK(save_code(desk, desk.administrator, clerk(), "correct horse", 0) == "user_exists");
    CHECK(save_code(desk, desk.administrator, user, std::nullopt, 7) == "version_mismatch");
    CHECK(save_code(desk, desk.administrator, user, std::nullopt, user.version) == "saved");
}

TEST_CASE("changing the password asks for the old one and ends the other sessions") {
    Desk desk;
    created(desk);
    auto& accounts = desk.office.accounts;
    auto const here = accounts.sign_in("clerk", "correct horse", "a");
    auto const there = accounts.sign_in("clerk", "correct horse", "b");
    Caller const actor{*accounts.actor_of(here->token)};
    CHECK(accounts.change_password(actor, here->token, "wrong", "battery staple")
              .error()
              .errors.at(0)
              .code == "wrong");
    CHECK(accounts.change_password(actor, here->token, "correct horse", "x").has_error());
    REQUIRE(accounts.change_password(actor, here->token, "correct horse", "battery staple")
                .has_value());
    CHECK(accounts.actor_of(here->token).has_value());
    CHECK(accounts.actor_of(there->token).has_error());
    CHECK(sign_in_code(desk, "clerk", "correct horse") == "sign_in_failed");
    CHECK(sign_in_code(desk, "clerk", "battery staple") == "signed in");
}

TEST_CASE("a password that somebody else knows opens nothing until it is changed") {
    Desk desk;
    auto& accounts = desk.office.accounts;
    using Use = Accounts::Use;
    auto const code_of = [](auto const& outcome) {
        return outcome ? std::string() : std::string(outcome.error().code);
    };
    User const made = accounts.save(desk.administrator, clerk(), "correct horse", 0).value();
    CHECK(made.must_change_password);
    auto const first = accounts.sign_in("clerk", "correct horse", "127.0.0.1").value();
    CHECK(first.user.must_change_password);
    CHECK(code_of(accounts.actor_of(first.token)) == "password_must_change");
    CHECK(code_of(accounts.actor_of(first.token, Use::passive)) == "password_must_change");
    Caller const newcomer{accounts.actor_of(first.token, Use::newcomer).value()};

    SUBCASE("by whoever it belongs to, to another one") {
        auto const change = [&](char const* to) {
            return accounts.change_password(newcomer, first.token, "correct horse", to);
        };
        CHECK(change("correct horse").error().errors.front().code == "unchanged");
        REQUIRE(change("battery staple").has_value());
        CHECK(accounts.actor_of(first.token).has_value());
        CHECK_FALSE(accounts.find("clerk")->must_change_password);
        Desk later(*desk.own_store);
        CHECK_FALSE(later.office.accounts.find("clerk")->must_change_password);
    }
    SUBCASE("other changes of the account leave it so") {
        User renamed = made;
        renamed.display_name = "新名";
        renamed.must_change_password = false;
        CHECK(accounts.save(desk.administrator, renamed, std::nullopt, 1)->must_change_password);
    }
    SUBCASE("after a restart too") {
        Desk later(*desk.own_store);
        CHECK(code_of(later.office.accounts.actor_of(first.token)) == "password_must_change");
    }
    SUBCASE("and signing out is open to them") {
        CHECK(accounts.sign_out(first.token).has_value());
    }
    SUBCASE("a reset makes it a first one again, one's own change of the account does not") {
        REQUIRE(accounts.change_password(newcomer, first.token, "correct horse", "battery staple")
                    .has_value());
        User own = *accounts.find("clerk");
        CHECK(accounts.save(desk.administrator, own, "correct horse", std::nullopt)
                  ->must_change_password);
        User chief = clerk();
        chief.name = desk.administrator.user;
        chief.organisation = "36";
        REQUIRE(accounts.save(engine::system_caller(), chief, "correct horse", 0).has_value());
        CHECK_FALSE(accounts.save(desk.administrator, chief, "battery staple", std::nullopt)
                        ->must_change_password);
    }
}

TEST_CASE("an account that was stored before there were first passwords goes on") {
    Desk desk;
    User const user = created(desk);
    auto stored = desk.office.documents.find("user", "clerk").value()->body;
    std::string const name = ",\"must_change_password\":false";
    auto const at = stored.find(name);
    REQUIRE(at != std::string::npos);
    stored.erase(at, name.size());
    REQUIRE(desk.office.documents
                .write(desk.administrator, {{.kind = "user",
                                             .id = "clerk",
                                             .expected_version = user.version,
                                             .body = stored,
                                             .event = {},
                                             .said = {}}})
                .has_value());
    Desk later(*desk.own_store);
    CHECK(sign_in_code(later, "clerk", "correct horse") == "signed in");
    CHECK_FALSE(later.office.accounts.find("clerk")->must_change_password);
}

TEST_CASE("nobody has more sessions than the bound") {
    Desk desk;
    created(desk);
    auto const first = desk.office.accounts.sign_in("clerk", "correct horse", "a");
    for (std::size_t i = 0; i < limits::sessions_per_user; ++i) {
        desk.clock.advance(1s);
        REQUIRE(sign_in_code(desk, "clerk", "correct horse") == "signed in");
    }
    CHECK(desk.office.accounts.actor_of(first->token).has_error());
}

TEST_CASE("no password and no token is in the store or its events") {
    Desk desk;
    created(desk);
    auto const signed_in = desk.office.accounts.sign_in("clerk", "correct horse", "a");
    std::string everything;
    for (auto const* kind : {"user", "session"})
        for (auto const& document : desk.own_store->documents(kind).value())
            everything += document.id + document.body;
    for (auto const& event : desk.own_store->events_after(0, 1'000).value())
        everything += event.body;
    CHECK(everything.find("correct horse") == std::string::npos);
    CHECK(everything.find(signed_in->token) == std::string::npos);
    CHECK(everything.find("argon2id") != std::string::npos);
    for (auto const& event : desk.own_store->events_after(0, 1'000).value())
        CHECK(event.body.find("argon2id") == std::string::npos);
}

TEST_CASE("names that people would take for the program's own are refused") {
    Desk desk;
    for (char const* name : {"system", "admin", "root", "key", "banjie"}) {
        auto user = clerk();
        user.name = name;
        auto const saved = desk.office.accounts.save(desk.administrator, user, "correct horse", 0);
        REQUIRE(saved.has_error());
        CHECK(saved.error().errors.at(0).code == "reserved");
    }
    auto first = clerk();
    first.name = "admin"; // the operator makes the first administrator
    created(desk, first);
    CHECK(save_code(desk, desk.administrator, *desk.office.accounts.find("admin"),
                    "battery staple") == "saved");
}

namespace {

/// An installation whose three administrators are apart.
struct Separated : Desk {
    Separated() {
        hire("keeper", {Role::administrator});
        hire("guard", {Role::security_administrator});
        hire("reader", {Role::auditor});
        hire("clerk", {Role::reporter});
        REQUIRE(office.security.change(administrator, fields_of({{"separation", true}}), 0)
                    .has_value());
    }
    void hire(std::string name, Roles roles) {
        auto user = ::clerk();
        user.name = std::move(name);
        user.organisation = "36";
        user.roles = roles;
        created(*this, user);
    }
    [[nodiscard]] Caller actor(char const* name) const {
        return {office.accounts.actor_named(name).value()};
    }
    std::string gives(char const* by, char const* to, Roles roles) {
        auto user = *office.accounts.find(to);
        user.roles = roles;
        return save_code(*this, actor(by), user, std::nullopt);
    }
    std::string sets_password(char const* by, char const* to) {
        return save_code(*this, actor(by), *office.accounts.find(to), "battery staple");
    }
};

} // namespace

TEST_CASE("where administrators are apart, the one for security gives roles, never to themselves") {
    Separated desk;
    CHECK(desk.gives("keeper", "clerk", {Role::coordinator}) == "not_of_your_office");
    CHECK(desk.gives("reader", "clerk", {Role::coordinator}) == "forbidden");
    CHECK(desk.gives("guard", "clerk", {Role::coordinator}) == "saved");
    CHECK(desk.gives("guard", "guard", {Role::security_administrator, Role::coordinator}) ==
          "not_of_oneself");
    CHECK(desk.gives("keeper", "keeper", {Role::auditor}) == "not_of_oneself");
    CHECK(desk.gives("guard", "clerk", {Role::auditor, Role::administrator}) == "invalid_user");
    CHECK(desk.gives("guard", "clerk", {Role::auditor}) == "saved");
}

TEST_CASE("where administrators are apart, none of them takes over the account of another") {
    Separated desk;
    CHECK(desk.sets_password("keeper", "clerk") == "saved");
    for (auto const* other : {"guard", "reader"})
        CHECK(desk.sets_password("keeper", other) == "not_of_your_office");
    CHECK(desk.sets_password("guard", "clerk") == "not_of_your_office");
    CHECK(desk.sets_password("reader", "clerk") == "forbidden");
    auto fresh = clerk();
    fresh.name = "fresh";
    fresh.roles = {Role::auditor};
    CHECK(save_code(desk, desk.actor("keeper"), fresh) == "not_of_your_office");
    fresh.roles = {Role::reporter};
    CHECK(save_code(desk, desk.actor("keeper"), fresh) == "saved");
}

TEST_CASE("where they are not, an administrator does all three parts") {
    Desk desk;
    created(desk);
    auto user = *desk.office.accounts.find("clerk");
    user.roles = {Role::auditor, Role::reporter};
    CHECK(save_code(desk, desk.administrator, user, std::nullopt) == "saved");
    CHECK(desk.office.accounts.has_chief(Role::auditor) == false); // of a township
}
