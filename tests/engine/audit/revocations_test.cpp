// A restore of an older copy: what was revoked after it stays revoked.

#include "engine/audit/revocations.hpp"
#include "engine/backups/backups.hpp"
#include "engine/jurisdiction.hpp"
#include "storage/durable_files.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace banjie::engine;
namespace storage = banjie::storage;

namespace {

constexpr char const* old_password = "correct horse";
constexpr char const* new_password = "battery staple";

/// An office over files, with people; its backups are beside it.
struct Kept {
    Kept(storage::Place const& place, std::string const& name)
        : folder(place.path("backups")),
          store(storage::opened(storage::options_for(place.path(name + "/store")))), desk(*store),
          blobs(storage::open_blob_files(place.path(name + "/attachments")).value()),
          journal(folder, *store) {
        std::filesystem::create_directories(folder);
    }
    ~Kept() { store->close(); }
    Kept(Kept const&) = delete;
    Kept& operator=(Kept const&) = delete;

    void begin() {
        REQUIRE(desk.import_organisations());
        for (auto const* name : {"wang", "li", "zhao", "chen"}) hire(name);
        hire("admin", "36", {Role::administrator});
    }
    void hire(std::string name, std::string organisation = "360731",
              Roles roles = {Role::coordinator, Role::screener}) {
        User user{.name = std::move(name),
                  .display_name = "某",
                  .organisation = std::move(organisation),
                  .roles = roles};
        save(std::move(user), old_password);
    }
    void save(User user, std::optional<std::string> password = std::nullopt) {
        auto const saved =
            desk.office.accounts.save(system_caller(), user, std::move(password), std::nullopt);
        INFO((saved ? "" : saved.error().detail));
        REQUIRE(saved.has_value());
    }
    template <class Change>
    void change(std::string const& name, Change what) {
        auto user = desk.office.accounts.find(name).value();
        what(user);
        save(user);
    }
    std::string sign_in(std::string const& name, std::string const& password = old_password) {
        auto const signed_in = desk.office.accounts.sign_in(name, password, "10.0.0.7");
        return signed_in ? signed_in->token : std::string(signed_in.error().code);
    }
    bool lets_in(std::string const& name, std::string const& password = old_password) {
        return sign_in(name, password).size() > 40;
    }
    MadeKey make_key(std::string name) {
        ApiKey described;
        described.name = std::move(name);
        described.organisation = "360731";
        described.roles = {Role::reporter};
        described.expires_at = desk.clock.now() + std::chrono::hours(24 * 30);
        Caller const actor{desk.office.accounts.actor_named("admin").value()};
        return desk.office.api_keys.make(actor, described).value();
    }
    std::uint32_t back_up() {
        auto const written = banjie::engine::back_up(*store, *blobs, folder, storage::no_progress);
        INFO((written ? "" : written.error().detail));
        REQUIRE(written.has_value());
        return written->number;
    }
    void keep() { REQUIRE(journal.catch_up().has_value()); }

    std::string folder;
    std::unique_ptr<storage::Store> store;
    Desk desk;
    std::unique_ptr<storage::Blobs> blobs;
    RevocationJournal journal;
};

/// Restores that copy as `name`.
storage::Result<Restored> restored(storage::Place const& place, std::string const& name,
                                   std::uint32_t number, Revoked revoked = Revoked::replayed) {
    return restore({.folder = place.path("backups"),
                    .store = place.path(name + "/store"),
                    .attachments = place.path(name + "/attachments"),
                    .number = number,
                    .revoked = revoked,
                    .now = ManualClock().now()},
                   storage::no_progress);
}

bool is_noted(Restored const& restored, std::string const& what) {
    auto const& notes = restored.replayed.notes;
    return std::any_of(notes.begin(), notes.end(),
                       [&](auto const& note) { return note.find(what) != std::string::npos; });
}

using Again = Kept; // over what was restored

} // namespace

TEST_CASE("what was revoked after a copy does not come back with it, everything else does") {
    storage::Place const place;
    std::string session, revoked_key, kept_key;
    {
        Kept office(place, "first");
        office.begin();
        session = office.sign_in("zhao");
        auto const made = office.make_key("one");
        revoked_key = made.secret;
        kept_key = office.make_key("other").secret;
        REQUIRE(office.back_up() == 1);
        office.change("wang", [](User& user) { user.active = false; });
        office.change("li", [](User& user) { user.roles = {Role::coordinator}; });
        auto& accounts = office.desk.office.accounts;
        REQUIRE(accounts
                    .change_password(Caller{accounts.actor_named("chen").value()}, "", old_password,
                                     new_password)
                    .has_value());
        REQUIRE(office.desk.office.api_keys
                    .revoke(Caller{accounts.actor_named("admin").value()}, made.key.id)
                    .has_value());
        office.keep();
    }
    auto const result = restored(place, "second", 1);
    INFO((result ? "" : result.error().detail));
    REQUIRE(result.has_value());
    CHECK(result->replayed.sessions == 1);
    CHECK(is_noted(*result, "'wang' is closed"));
    CHECK(is_noted(*result, "'li' has lost the role screener"));
    CHECK(is_noted(*result, "'chen' needs a new password"));
    CHECK(is_noted(*result, "is revoked again"));

    Again office(place, "second");
    CHECK_FALSE(office.desk.office.accounts.actor_of(session).has_value());
    CHECK_FALSE(office.lets_in("wang"));
    CHECK(office.lets_in("li"));
    CHECK(office.desk.office.accounts.find("li")->roles == Roles{Role::coordinator});
    CHECK_FALSE(office.lets_in("chen"));
    CHECK_FALSE(office.lets_in("chen", new_password));
    CHECK(office.lets_in("zhao"));
    CHECK_FALSE(office.desk.office.api_keys.actor_of(revoked_key).has_value());
    CHECK(office.desk.office.api_keys.actor_of(kept_key).has_value());
    auto const events = office.store->events_after(result->head.seq, 100).value();
    REQUIRE(events.size() >= 1);
    auto const event = nlohmann::json::parse(events[0].body);
    CHECK(event["type"] == "restored");
    CHECK(event["fields"]["copy"] == 1);
    CHECK(
        may_see_codes(office.desk.administrator, event["seen_by"].get<std::vector<std::string>>()));
}

TEST_CASE("a second factor that was replaced is void, and so are used recovery codes") {
    storage::Place const place;
    {
        Kept office(place, "first");
        office.begin();
        auto const factor = [](std::string_view body) {
            storage::DocumentWrite write{
                .kind = "second_factor", .id = {}, .body = {}, .event = {}};
            write.body = std::string(body);
            return write;
        };
        for (auto const* name : {"wang", "li"}) {
            auto write = factor(R"({"secret":"00","last_step":0,"recovery":["a","b"],)"
                                R"("enrolled_at":"2026-03-01T09:00:00.000+08:00"})");
            write.id = name;
            REQUIRE(storage::done(*office.store, storage::batch_of(std::move(write))));
        }
        REQUIRE(office.back_up() == 1);
        auto const say = [&office](std::string const& name, std::string event) {
            DocumentChange change{.kind = "second_factor",
                                  .id = name,
                                  .expected_version = std::nullopt,
                                  .body = "{}",
                                  .event = std::move(event),
                                  .said = {}};
            REQUIRE(office.desk.office.documents.write(system_caller(), {std::move(change)})
                        .has_value());
        };
        say("wang", "second_factor_enrolled");
        say("li", "recovery_code_used");
        office.keep();
    }
    REQUIRE(restored(place, "second", 1).has_value());
    auto const store = storage::opened(storage::options_for(place.path("second/store")));
    CHECK_FALSE(store->document("second_factor", "wang").value().has_value());
    auto const body = [&store](char const* kind, char const* id) {
        return nlohmann::json::parse(store->document(kind, id).value()->body);
    };
    CHECK(body("user", "wang")["password_hash"] == "");
    CHECK(body("user", "li")["password_hash"] != "");
    CHECK(body("second_factor", "li")["recovery"] == nlohmann::json::array({"", ""}));
    store->close();
}

TEST_CASE("what was given back after it was taken away stays given") {
    storage::Place const place;
    {
        Kept office(place, "first");
        office.begin();
        REQUIRE(office.back_up() == 1);
        office.change("wang", [](User& user) { user.active = false; });
        office.change("wang", [](User& user) { user.active = true; });
        office.keep();
    }
    REQUIRE(restored(place, "second", 1).has_value());
    Again office(place, "second");
    CHECK(office.lets_in("wang"));
}

TEST_CASE("without a journal a restore asks what to do, and then locks or accepts") {
    storage::Place const place;
    std::string key;
    {
        Kept office(place, "first");
        office.begin();
        key = office.make_key("one").secret;
        REQUIRE(office.back_up() == 1);
    }
    std::filesystem::remove(place.path("backups/revocations"));
    auto const refused = restored(place, "second", 1);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().detail.find("--without-journal") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(place.path("second/store")));
    REQUIRE(restored(place, "locked", 1, Revoked::locks_accounts).has_value());
    {
        Again office(place, "locked");
        for (auto const* name : {"wang", "admin"}) CHECK_FALSE(office.lets_in(name));
        CHECK_FALSE(office.desk.office.api_keys.actor_of(key).has_value());
        office.save(office.desk.office.accounts.find("admin").value(), new_password);
        CHECK(office.lets_in("admin", new_password));
        auto const id = office.desk.office.api_keys
                            .list(office.desk.office.accounts.actor_named("admin").value())
                            .at(0)
                            .id;
        REQUIRE(office.desk.office.api_keys
                    .take_over(Caller{office.desk.office.accounts.actor_named("admin").value()}, id)
                    .has_value());
        CHECK(office.desk.office.api_keys.actor_of(key).has_value());
    }
    REQUIRE(restored(place, "accepted", 1, Revoked::accepted).has_value());
    Again office(place, "accepted");
    CHECK(office.lets_in("wang"));
    CHECK_FALSE(office.desk.office.api_keys.actor_of(key).has_value());
}

TEST_CASE("the journal goes on after a restore, for copies from before and after it") {
    storage::Place const place;
    {
        Kept office(place, "first");
        office.begin();
        REQUIRE(office.back_up() == 1);
        for (int i = 0; i < 20; ++i) std::ignore = office.desk.report();
        office.change("wang", [](User& user) { user.active = false; });
        office.keep();
    }
    REQUIRE(restored(place, "second", 1).has_value());
    {
        Again office(place, "second");
        office.change("wang", [](User& user) { user.active = true; });
        office.change("li", [](User& user) { user.active = false; });
        REQUIRE(office.back_up() == 2);
        office.change("zhao", [](User& user) { user.active = false; });
        office.keep();
    }
    REQUIRE(restored(place, "of_later", 2).has_value());
    {
        Again office(place, "of_later");
        CHECK(office.lets_in("wang"));
        CHECK_FALSE(office.lets_in("li"));
        CHECK_FALSE(office.lets_in("zhao"));
    }
    REQUIRE(restored(place, "of_earlier", 1).has_value());
    Again office(place, "of_earlier");
    CHECK(office.lets_in("wang"));
    CHECK_FALSE(office.lets_in("li"));
    CHECK_FALSE(office.lets_in("zhao"));
}

TEST_CASE("a line of the journal that was cut off is written again, and the others are read") {
    storage::Place const place;
    std::string whole;
    std::size_t begins = 0;
    {
        Kept office(place, "first");
        office.begin();
        REQUIRE(office.back_up() == 1);
        begins = storage::read_whole(place.path("backups/revocations")).value().size();
        office.change("wang", [](User& user) { user.active = false; });
        office.change("li", [](User& user) { user.active = false; });
        office.keep();
        whole = storage::read_whole(place.path("backups/revocations")).value();
    }
    REQUIRE(whole.size() > begins);
    for (auto size = begins; size < whole.size(); size += 37) {
        REQUIRE(storage::write_synced(place.path("backups/revocations"), whole.substr(0, size))
                    .has_value());
        {
            auto const store = storage::opened(storage::options_for(place.path("first/store")));
            REQUIRE(RevocationJournal(place.path("backups"), *store).catch_up().has_value());
            store->close();
        }
        auto const name = "restored" + std::to_string(size);
        auto const result = restored(place, name, 1);
        REQUIRE(result.has_value());
        CHECK(is_noted(*result, "'wang' is closed"));
        CHECK(is_noted(*result, "'li' is closed"));
        REQUIRE(storage::write_synced(place.path("backups/revocations"), whole).has_value());
    }
}

TEST_CASE("a journal of another disk is begun anew where it is mounted") {
    storage::Place const place;
    Kept office(place, "first");
    office.begin();
    office.change("wang", [](User& user) { user.active = false; });
    office.keep();
    std::filesystem::rename(office.folder, place.path("aside"));
    std::filesystem::create_directories(office.folder);
    office.change("li", [](User& user) { user.active = false; });
    office.keep();
    auto const text = storage::read_whole(office.folder + "/revocations").value();
    CHECK(text.find("\"wang\"") != std::string::npos);
    CHECK(text.find("\"li\"") != std::string::npos);
}
