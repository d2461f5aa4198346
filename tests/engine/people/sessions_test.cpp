// What people see of their own open sessions, and how they end one.

#include "engine/limits.hpp"
#include "engine/people/accounts.hpp"
#include "engine/people/session_tokens.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr char const* password = "correct horse";

/// Two clerks, of whom the first has signed in twice.
struct Clerks {
    Clerks() {
        for (auto const* name : {"clerk", "other"})
            REQUIRE(accounts
                        .save(engine::system_caller(),
                              {.name = name,
                               .display_name = name,
                               .organisation = "360731100",
                               .roles = {Role::reporter}},
                              password, 0)
                        .has_value());
        before = token_of("clerk", "10.0.0.1");
        desk.clock.advance(10min);
        here = token_of("clerk", "10.0.0.2");
        others = token_of("other", "10.0.0.3");
    }

    std::string token_of(char const* name, char const* address) {
        return accounts.sign_in(name, password, address).value().token;
    }
    [[nodiscard]] Caller clerk() const { return {accounts.actor_of(here).value()}; }
    [[nodiscard]] std::vector<OpenSession> open() const {
        return accounts.sessions_of(clerk(), here);
    }
    /// Empty: it is done.
    std::string end_code(std::string_view id, char const* given = password) {
        auto const ended = accounts.end_session(clerk(), id, given);
        return ended ? "" : std::string(ended.error().code);
    }

    Desk desk;
    Accounts& accounts = desk.office.accounts;
    std::string before, here, others;
};

std::string shown(std::string_view token) {
    return session_id_of(token).substr(0, 16);
}

} // namespace

TEST_CASE("one sees one's own sessions that are open, the newest first") {
    Clerks clerks;
    auto const now = clerks.desk.clock.now();
    auto const open = clerks.open();
    REQUIRE(open.size() == 2);
    CHECK(open[0].id == shown(clerks.here));
    CHECK(open[0].is_this);
    CHECK(open[0].opened_at == now);
    CHECK(open[0].address == "10.0.0.2");
    CHECK(open[1].id == shown(clerks.before));
    CHECK_FALSE(open[1].is_this);
    CHECK(open[1].opened_at == now - 10min);
    CHECK(open[1].used_at == now - 10min);
    CHECK(open[1].expires_at == now - 10min + std::chrono::hours(limits::session_hours));
    CHECK(open[1].address == "10.0.0.1");

    SUBCASE("with when each was used last") {
        clerks.desk.clock.advance(1min);
        CHECK(clerks.accounts.actor_of(clerks.before).has_value());
        CHECK(clerks.open()[1].used_at == now + 1min);
    }
    SUBCASE("not those that nobody has used for too long") {
        clerks.desk.clock.advance(std::chrono::minutes(limits::session_idle_minutes - 5));
        auto const left = clerks.open();
        REQUIRE(left.size() == 1);
        CHECK(left[0].is_this);
        CHECK(clerks.end_code(shown(clerks.before)) == "session_not_found");
    }
    SUBCASE("after a restart too") {
        Desk later(*clerks.desk.own_store);
        auto const again = later.office.accounts.sessions_of(clerks.clerk(), clerks.before);
        REQUIRE(again.size() == 2);
        CHECK(again[0].opened_at == open[0].opened_at);
        CHECK(again[0].address == "10.0.0.2");
        CHECK(again[1].is_this);
    }
    SUBCASE("and a key of another platform has none") {
        Caller platform = clerks.clerk();
        platform.user = "key:clerk";
        CHECK(clerks.accounts.sessions_of(platform, "bjk_x").empty());
        CHECK(clerks.accounts.end_session(platform, open[1].id, password).error().code ==
              "session_not_found");
    }
}

TEST_CASE("a session ends with the password, for good, and the audit tells it") {
    Clerks clerks;
    auto const seq = clerks.desk.own_store->status().last_seq;
    REQUIRE(clerks.end_code(shown(clerks.before)) == "");
    CHECK(clerks.accounts.actor_of(clerks.before).error().code == "session_invalid");
    CHECK(clerks.accounts.actor_of(clerks.here).has_value());
    CHECK(clerks.open().size() == 1);
    CHECK(clerks.end_code(shown(clerks.before)) == "session_not_found");
    Desk later(*clerks.desk.own_store);
    CHECK(later.office.accounts.actor_of(clerks.before).has_error());
    CHECK(later.office.accounts.actor_of(clerks.here).has_value());

    auto const events = clerks.desk.own_store->events_after(seq, 10).value();
    REQUIRE(events.size() == 1);
    auto const event = json::parse(events[0].body);
    CHECK(event["type"] == "session_ended");
    CHECK(event["actor"] == "clerk");
    CHECK(event["fields"]["user"] == "clerk");
    CHECK(event["fields"]["ended_address"] == "10.0.0.1");
    CHECK(events[0].body.find(password) == std::string::npos);
    CHECK(events[0].body.find(session_id_of(clerks.before)) == std::string::npos);
}

TEST_CASE("one's own session can be ended as the others can") {
    Clerks clerks;
    REQUIRE(clerks.end_code(shown(clerks.here)) == "");
    CHECK(clerks.accounts.actor_of(clerks.here).has_error());
    CHECK(clerks.accounts.actor_of(clerks.before).has_value());
}

TEST_CASE("another's session is as one that does not exist, and a part of an id is no id") {
    Clerks clerks;
    std::string const own = shown(clerks.before);
    for (auto const& id : {shown(clerks.others), std::string("0123456789abcdef"), std::string(),
                           own.substr(0, 15), session_id_of(clerks.before), clerks.before})
        CHECK(clerks.end_code(id) == "session_not_found");
    CHECK(clerks.accounts.actor_of(clerks.others).has_value());
    CHECK(clerks.accounts.actor_of(clerks.before).has_value());
}

TEST_CASE("a wrong password ends nothing, and is counted apart from signing in") {
    Clerks clerks;
    auto const id = shown(clerks.before);
    for (std::size_t i = 0; i < limits::sign_in_failures; ++i) {
        auto const refused = clerks.accounts.end_session(clerks.clerk(), id, "wrong").error();
        CHECK(refused.kind == RefusalKind::invalid);
        REQUIRE(refused.errors.size() == 1);
        CHECK(refused.errors[0].field == "password");
        CHECK(refused.errors[0].code == "wrong");
    }
    CHECK(clerks.end_code(id) == "too_many_attempts");
    CHECK(clerks.accounts.sign_in("clerk", password, "10.0.0.1").has_value());
    CHECK(clerks.end_code(id) == "too_many_attempts");
    CHECK(clerks.accounts.actor_of(clerks.before).has_value());
    clerks.desk.clock.advance(std::chrono::seconds(limits::sign_in_window_s + 1));
    CHECK(clerks.end_code(id) == "");
}

TEST_CASE("an address that is no text keeps nobody from signing in, or from ending that session") {
    Clerks clerks;
    auto const odd = clerks.token_of("clerk", "\xff\xfe");
    CHECK(Desk(*clerks.desk.own_store).office.accounts.actor_of(odd).has_value());
    CHECK(clerks.end_code(shown(odd)) == "");
}

TEST_CASE("a wall clock that jumps neither ends a session nor lets it last longer") {
    Clerks clerks;
    auto const is_open = [&clerks] { return clerks.accounts.actor_of(clerks.here).has_value(); };
    clerks.desk.clock.jump(400 * 24h);
    CHECK(is_open());
    clerks.desk.clock.jump(-800 * 24h);
    CHECK(is_open());
    for (int i = 0; i < 11; ++i) {
        clerks.desk.clock.advance(1h);
        CHECK(is_open());
    }
    clerks.desk.clock.advance(1h);
    CHECK_FALSE(is_open());
    auto const idle = clerks.token_of("clerk", "10.0.0.2");
    clerks.desk.clock.advance(std::chrono::minutes(limits::session_idle_minutes - 1));
    clerks.desk.clock.jump(-24h);
    clerks.desk.clock.advance(1min);
    CHECK_FALSE(clerks.accounts.actor_of(idle).has_value());
}

TEST_CASE("a session goes on after a restart with the time that was left, at most a whole life") {
    Clerks clerks;
    auto const loaded = [&clerks] {
        REQUIRE(clerks.accounts.load().has_value());
        return clerks.accounts.sessions_of(clerks.accounts.actor_named("other").value(), "").at(0);
    };
    auto const now = [&clerks] { return clerks.desk.clock.now(); };
    clerks.desk.clock.advance(1h);
    CHECK(loaded().expires_at == now() + 11h);
    clerks.desk.clock.jump(-10 * 24h);
    CHECK(loaded().expires_at == now() + 12h);
}

TEST_CASE("a session that an older program stored goes on, and nobody knows since when") {
    Clerks clerks;
    auto const id = session_id_of(clerks.before);
    auto body = json::parse(clerks.desk.office.documents.find("session", id).value()->body);
    CHECK(body.erase("opened_at") == 1);
    CHECK(body.erase("address") == 1);
    REQUIRE(clerks.desk.office.documents
                .write(clerks.desk.administrator, {{.kind = "session",
                                                    .id = id,
                                                    .expected_version = std::nullopt,
                                                    .body = body.dump(),
                                                    .event = {},
                                                    .said = {}}})
                .has_value());
    Desk later(*clerks.desk.own_store);
    auto& accounts = later.office.accounts;
    auto const actor = accounts.actor_of(clerks.before);
    REQUIRE(actor.has_value());
    auto const open = accounts.sessions_of(*actor, clerks.before);
    REQUIRE(open.size() == 2);
    CHECK_FALSE(open[1].opened_at.has_value());
    CHECK(open[1].address == "");
    CHECK(open[1].is_this);
    CHECK(accounts.end_session(Caller{*actor}, open[1].id, password).has_value());
}

TEST_CASE("a session tells with what it was opened, and all others end at once with the password") {
    Clerks clerks;
    clerks.desk.clock.advance(1min);
    auto const phone = clerks.accounts.sign_in({.name = "clerk",
                                                .password = password,
                                                .address = "10.0.0.4",
                                                .agent = std::string(300, 'x')});
    REQUIRE(phone.has_value());
    CHECK(clerks.open()[0].agent == std::string(limits::agent_bytes, 'x'));
    Desk later(*clerks.desk.own_store);
    auto const again = later.office.accounts.sessions_of(clerks.clerk(), clerks.here);
    CHECK(again[0].agent == std::string(limits::agent_bytes, 'x'));
    auto const ended = [&](char const* given) {
        auto const result = clerks.accounts.end_other_sessions(clerks.clerk(), clerks.here, given);
        return result ? "" : std::string(result.error().errors.at(0).code);
    };
    CHECK(ended("wrong") == "wrong");
    CHECK(clerks.open().size() == 3);
    auto const seq = clerks.desk.own_store->status().last_seq;
    CHECK(ended(password) == "");
    CHECK(clerks.open().size() == 1);
    CHECK(clerks.accounts.actor_of(clerks.before).has_error());
    CHECK(clerks.accounts.actor_of(clerks.others).has_value());
    auto const events = clerks.desk.own_store->events_after(seq, 10).value();
    REQUIRE(events.size() == 1);
    CHECK(json::parse(events[0].body)["type"] == "other_sessions_ended");
}
