#include "engine/once/replies.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::engine;

namespace {

/// What a caller is told who comes again with the key; nullopt: it is new.
std::optional<std::string> told_again(Desk& desk, Caller const& actor) {
    auto recalled = recall(desk.office.store, actor.user, actor.idempotency_key, actor.request);
    REQUIRE(recalled.has_value());
    return std::move(*recalled);
}

DocumentChange settings(std::uint64_t expected_version) {
    return {.kind = "settings",
            .id = "admin",
            .expected_version = expected_version,
            .body = "{}",
            .event = {},
            .said = {}};
}

} // namespace

TEST_CASE("a write under a key is remembered with what it writes") {
    Desk desk;
    Caller actor = desk.administrator;
    actor.idempotency_key = "k-1";
    actor.request = "PUT /settings {}";
    auto const commits = desk.office.store.status().commits;
    REQUIRE(desk.office.documents.write(actor, {settings(0)}).has_value());
    CHECK(desk.office.store.status().commits == commits + 1);
    CHECK(told_again(desk, actor) == reply_lost);
    actor.request = "PUT /settings {\"language\":\"en\"}";
    CHECK(recall(desk.office.store, actor.user, "k-1", actor.request).error().code ==
          "idempotency_key_reused");
}

TEST_CASE("a write that is refused leaves its key new") {
    Desk desk;
    Caller actor = desk.administrator;
    actor.idempotency_key = "k-1";
    actor.request = "PUT /settings {}";
    CHECK(desk.office.documents.write(actor, {settings(7)}).error().code == "version_mismatch");
    CHECK(told_again(desk, actor) == std::nullopt);
}
