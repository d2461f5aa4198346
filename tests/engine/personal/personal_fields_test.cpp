// Personal values: sealed beside the event, masked everywhere else, read by few, and erased.

#include "engine/personal/sealing.hpp"
#include "engine/text/json_text.hpp"
#include "storage/backups.hpp"
#include "storage/rocksdb_store.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"
#include "workflows/contract/personal.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::engine;

namespace {

constexpr char const* person = "欧阳不留名";
constexpr char const* phone = "13912345678";

std::string reported(Desk& desk, std::string key = {}) {
    auto const reply =
        desk.office.engine.execute({.actor = desk.township,
                                    .workflow = "problem",
                                    .instance = "",
                                    .verb = "report",
                                    .fields = fields_of({{"title", std::string("道路破损")},
                                                         {"description", std::string("三公里")},
                                                         {"category", std::string("transport")},
                                                         {"region", std::string("360731100")},
                                                         {"contact_person", std::string(person)},
                                                         {"contact_phone", std::string(phone)},
                                                         {"submit", true}}),
                                    .idempotency_key = std::move(key)});
    REQUIRE(reply.has_value());
    CHECK(reply->instance->facts.text("contact_person") == "欧**");
    CHECK(reply->instance->facts.text("contact_phone") == "139****5678");
    return reply->instance->id;
}

Instance found(Desk& desk, std::string const& id) {
    auto const instance = desk.office.engine.find(desk.county, "problem", id);
    REQUIRE(instance.has_value());
    return **instance;
}

Outcome<Fields> read(Desk& desk, Caller const& actor, std::string const& id) {
    return desk.office.personal_data.read(actor, found(desk, id), "call back");
}

Outcome<Reply> erase(Desk& desk, std::string const& id) {
    return desk.give(desk.county, id, "erase_personal",
                     fields_of({{"reason", std::string("asked for by the person")}}));
}

/// Whether any record or event of the store has it.
bool is_stored(storage::Store& store, std::string const& secret) {
    auto const events = store.events_after(0, 500);
    REQUIRE(events.has_value());
    for (auto const& event : *events)
        if (event.body.find(secret) != std::string::npos) return true;
    return false;
}

} // namespace

TEST_CASE("a masked form shows what helps to recognise it, and is its own masked form") {
    using workflows::masked;
    using workflows::MaskedAs;
    CHECK(masked("张三", MaskedAs::name) == "张**");
    CHECK(masked("张", MaskedAs::name) == "***");
    CHECK(masked("Wang Wei", MaskedAs::name) == "W**");
    CHECK(masked("13800000000", MaskedAs::telephone) == "138****0000");
    CHECK(masked("0791-12345", MaskedAs::telephone) == "079****345");
    CHECK(masked("8621234", MaskedAs::telephone) == "862****");
    CHECK(masked("110", MaskedAs::telephone) == "***");
    CHECK(masked("360731199001011234", MaskedAs::identity) == "3****************4");
    CHECK(masked("anything", MaskedAs::other) == "***");
    for (auto const how :
         {MaskedAs::other, MaskedAs::name, MaskedAs::telephone, MaskedAs::identity})
        for (auto const* text : {"张三", "张", "13800000000", "8621234", "12345678", "110",
                                 "360731199001011234", "erased"})
            CHECK(masked(masked(text, how), how) == masked(text, how));
    CHECK(workflows::shown("erased", MaskedAs::name) == "erased");
}

TEST_CASE("what is sealed is opened by its key at its place alone") {
    SeededRandom random;
    storage::Key const key{1}, other{2};
    auto const sealed = seal(key, {"id", "phone"}, phone, random);
    CHECK(sealed.find(phone) == std::string::npos);
    CHECK(unseal(key, {"id", "phone"}, sealed) == phone);
    CHECK_FALSE(unseal(other, {"id", "phone"}, sealed).has_value());
    CHECK_FALSE(unseal(key, {"id2", "phone"}, sealed).has_value());
    CHECK_FALSE(unseal(key, {"id", "name"}, sealed).has_value());
    auto bent = sealed;
    bent.back() = static_cast<char>(bent.back() ^ 1);
    CHECK_FALSE(unseal(key, {"id", "phone"}, bent).has_value());
    CHECK_FALSE(unseal(key, {"id", "phone"}, "").has_value());
    CHECK(seal(key, {"id", "phone"}, phone, random) != sealed);
}

TEST_CASE("a personal value is in no event and no record, and its reader is named before") {
    Desk desk;
    auto const id = reported(desk);
    CHECK_FALSE(is_stored(*desk.own_store, person));
    CHECK_FALSE(is_stored(*desk.own_store, phone));
    auto const record = desk.own_store->instance(id).value();
    CHECK(record->body.find(phone) == std::string::npos);

    auto const values = read(desk, desk.county, id);
    REQUIRE(values.has_value());
    CHECK(values->text("contact_person") == person);
    CHECK(values->text("contact_phone") == phone);
    CHECK(is_stored(*desk.own_store, "call back"));
    CHECK_FALSE(is_stored(*desk.own_store, phone));
}

TEST_CASE("who is not named by the table reads nothing, and leaves no trace of having read") {
    Desk desk;
    auto const id = reported(desk);
    auto const refused = read(desk, desk.person("seer", "360731", {Role::supervisor}), id);
    CHECK(refused.error().code == "may_not_read_personal");
    CHECK_FALSE(is_stored(*desk.own_store, "call back"));
}

TEST_CASE("an edit seals a new value, keeps one that came back masked, and removes one") {
    Desk desk;
    auto const id = reported(desk);
    REQUIRE(desk.give(desk.county, id, "request_supplement",
                      fields_of({{"missing", Texts{"a better number"}}}))
                .has_value());
    REQUIRE(desk.give(desk.township, id, "edit",
                      fields_of({{"contact_person", std::string("欧**")},
                                 {"contact_phone", std::string("13700001111")}}))
                .has_value());
    auto values = read(desk, desk.county, id).value();
    CHECK(values.text("contact_person") == person);
    CHECK(values.text("contact_phone") == "13700001111");
    // Another number that is masked alike.
    REQUIRE(desk.give(desk.township, id, "edit",
                      fields_of({{"contact_phone", std::string("13722221111")}}))
                .has_value());
    CHECK(read(desk, desk.county, id).value().text("contact_phone") == "13722221111");
    REQUIRE(desk.give(desk.township, id, "edit", fields_of({{"contact_phone", std::monostate()}}))
                .has_value());
    values = read(desk, desk.county, id).value();
    CHECK_FALSE(values.has("contact_phone"));
    CHECK(values.text("contact_person") == person);
}

TEST_CASE("erased values show as erased, and cannot be read or erased again") {
    Desk desk;
    auto const id = reported(desk);
    auto const key = found(desk, id).key;
    REQUIRE(key != 0);
    REQUIRE(erase(desk, id).has_value());
    CHECK(found(desk, id).facts.text("contact_phone") == "erased");
    CHECK(found(desk, id).facts.text("contact_person") == "erased");
    CHECK_FALSE(desk.own_store->keyring().has(key));
    CHECK(read(desk, desk.county, id).error().code == "nothing_personal");
    CHECK(erase(desk, id).error().code == "nothing_personal");

    // A value that is given afterwards has another key.
    REQUIRE(desk.give(desk.county, id, "request_supplement",
                      fields_of({{"missing", Texts{"whom to ask"}}}))
                .has_value());
    REQUIRE(desk.give(desk.township, id, "edit",
                      fields_of({{"contact_phone", std::string("13700001111")}}))
                .has_value());
    CHECK(found(desk, id).key > key);
    CHECK(read(desk, desk.county, id).value().text("contact_phone") == "13700001111");
    CHECK(found(desk, id).facts.text("contact_person") == "erased");
}

TEST_CASE("a repeated report with the same key is the same one; another number makes it another") {
    Desk desk;
    auto const id = reported(desk, "key-1");
    CHECK(reported(desk, "key-1") == id);
    auto const other = desk.office.engine.execute(
        {.actor = desk.township,
         .workflow = "problem",
         .instance = "",
         .verb = "report",
         .fields = fields_of({{"title", std::string("道路破损")},
                              {"description", std::string("三公里")},
                              {"category", std::string("transport")},
                              {"region", std::string("360731100")},
                              {"contact_person", std::string(person)},
                              {"contact_phone", std::string("13999995678")}, // masked alike
                              {"submit", true}}),
         .idempotency_key = "key-1"});
    CHECK(other.error().code == "idempotency_key_reused");
}

TEST_CASE("a value that the form refuses is named, and goes nowhere") {
    Desk desk;
    auto const refused = desk.office.engine.execute(
        {.actor = desk.township,
         .workflow = "problem",
         .instance = "",
         .verb = "report",
         .fields = fields_of({{"title", std::string("道路破损")},
                              {"description", std::string("三公里")},
                              {"category", std::string("transport")},
                              {"region", std::string("360731100")},
                              {"contact_phone", std::string(101, '1')}})});
    REQUIRE(refused.has_error());
    CHECK(refused.error().errors.front().field == "contact_phone");
}

TEST_CASE("values are forgotten so many days after the end, where the policy says so") {
    Desk desk;
    auto rules = std::make_shared<Rules>(*desk.office.rulebook.rules());
    rules->policies.at("problem").limits["forget_days"] = 30;
    desk.office.rulebook.replace(std::move(rules));
    auto const id = reported(desk);
    REQUIRE(desk.give(desk.county, id, "reject", fields_of({{"reason", std::string("no")}}))
                .has_value());
    desk.clock.advance(std::chrono::hours(24 * 29));
    static_cast<void>(desk.office.engine.wake_due());
    CHECK(found(desk, id).facts.text("contact_phone") == "139****5678");
    desk.clock.advance(std::chrono::hours(25));
    CHECK(desk.office.engine.wake_due().fired == 1);
    CHECK(found(desk, id).facts.text("contact_phone") == "erased");
    CHECK(read(desk, desk.county, id).error().code == "nothing_personal");
}

TEST_CASE("without days in the policy nothing is forgotten") {
    Desk desk;
    auto const id = reported(desk);
    REQUIRE(desk.give(desk.county, id, "reject", fields_of({{"reason", std::string("no")}}))
                .has_value());
    desk.clock.advance(std::chrono::hours(24 * 900));
    CHECK(desk.office.engine.wake_due().fired == 0);
    CHECK(found(desk, id).facts.text("contact_phone") == "139****5678");
}

TEST_CASE("what an earlier program stored in the clear is shown masked, and can be read") {
    Desk desk;
    auto const id = desk.report();
    // As it wrote it: the next event and record, with the value in the clear.
    auto before = found(desk, id);
    Event event{.type = "edited",
                .command = "edit",
                .fields = fields_of({{"contact", std::string(person)}}),
                .changes = fields_of({{"contact", std::string(person)}}),
                .states = before.states,
                .wake = before.wake,
                .actor = "township",
                .actor_name = "township",
                .organisation = "360731100",
                .at = before.updated_at};
    auto after = before;
    workflows::apply(after, event);
    auto const& workflow = *desk.office.rulebook.rules()->workflows.find("problem");
    std::string entry;
    REQUIRE(desk.own_store
                ->scan_index({},
                             [&](auto name, auto bytes) {
                                 if (name == id) entry = bytes;
                                 return true;
                             })
                .has_value());
    storage::Batch batch;
    batch.changes.push_back({id, before.version, instance_text(workflow, after), entry,
                             event_text(after, event, {"360731"})});
    desk.own_store->commit(std::move(batch), [](auto const& result) { CHECK(result.has_value()); });

    Desk later(*desk.own_store);
    CHECK(found(later, id).facts.text("contact") == "欧**");
    auto const history = later.office.engine.history(later.county, "problem", id, 0, 10).value();
    CHECK(history.back().event.changes.text("contact") == "欧**");
    CHECK(history.back().event.fields.text("contact") == "欧**");
    auto const streamed = later.office.stream.read(history.back().seq - 1, 1).value();
    CHECK(streamed.front()->text.find(person) == std::string::npos);
    CHECK(read(later, later.county, id).value().text("contact") == person);
    REQUIRE(erase(later, id).has_value());
    CHECK(found(later, id).facts.text("contact") == "erased");
    CHECK(read(later, later.county, id).error().code == "nothing_personal");
}

TEST_CASE("a copy made before the erasure shows the value to nobody once it is restored") {
    storage::Place const place;
    auto const folder = place.path("backups");
    std::string id, kept;
    {
        auto const store = storage::opened(storage::options_for(place.path("store")));
        Desk desk(*store);
        REQUIRE(desk.import_organisations());
        id = reported(desk);
        kept = reported(desk);
        desk.office.engine.drain();
        REQUIRE(store->backup(folder, storage::no_progress).has_value());
        REQUIRE(storage::finish_backup(folder, 1, "whole").has_value());
        REQUIRE(erase(desk, id).has_value());
        desk.office.engine.drain();
    }
    auto const restored = place.path("restored");
    REQUIRE(storage::restore_records(folder, 1, restored, storage::no_progress).has_value());
    CHECK(storage::verified(restored).findings.empty());
    auto const store = storage::opened(storage::options_for(restored));
    Desk desk(*store);
    CHECK(found(desk, id).facts.text("contact_phone") == "erased");
    CHECK(read(desk, desk.county, id).error().code == "nothing_personal");
    CHECK(read(desk, desk.county, kept).value().text("contact_phone") == phone);
    // The number of the erased key is not given again.
    auto const next = reported(desk);
    CHECK(read(desk, desk.county, next).value().text("contact_phone") == phone);
}
