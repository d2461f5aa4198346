// An identity number that somebody has typed into a text is taken out of it, and of what earlier
// events show.

#include "storage/rocksdb_store.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>

using namespace banjie;
using namespace banjie::engine;

namespace {

constexpr char const* number = "360731199001011234";

std::string reported(Desk& desk) {
    auto const reply = desk.office.engine.execute(
        {.actor = desk.township,
         .workflow = "problem",
         .instance = "",
         .verb = "report",
         .fields = fields_of({{"title", std::string("断头路")},
                              {"description", "身份证 " + std::string(number) + " 的户主"},
                              {"category", std::string("transport")},
                              {"region", std::string("360731100")},
                              {"submit", true}}),
         .idempotency_key = "report"});
    REQUIRE(reply.has_value());
    return reply->instance->id;
}

void redact(Desk& desk, std::string const& id) {
    auto const reply =
        desk.give(desk.county, id, "redact",
                  fields_of({{"title", std::string("断头路")},
                             {"description", std::string("身份证 ▇ 的户主")},
                             {"reason", std::string("an identity number was typed in")}}));
    REQUIRE(reply.has_value());
}

/// Everything that is told of the instance.
std::string told(Desk& desk, std::string const& id) {
    std::string all;
    auto const history = desk.office.engine.history(desk.county, "problem", id, 0, 100);
    REQUIRE(history.has_value());
    for (auto const& recorded : *history)
        for (auto const* fields : {&recorded.event.fields, &recorded.event.changes})
            all += std::string(fields->text("description")) + std::string(fields->text("title"));
    auto const events = desk.office.stream.read(0, 500);
    REQUIRE(events.has_value());
    for (auto const& event : *events)
        if (event->subject == id) all += event->text;
    return all;
}

} // namespace

TEST_CASE("a number that is taken out of a description is shown by no earlier event either") {
    Desk desk;
    auto const id = reported(desk);
    CHECK(told(desk, id).find(number) != std::string::npos);
    redact(desk, id);
    auto const all = told(desk, id);
    CHECK(all.find(number) == std::string::npos);
    CHECK(all.find("▇▇▇") != std::string::npos);
    CHECK(all.find("断头路") != std::string::npos); // the title stays as it was
    CHECK(desk.office.engine.find(desk.county, "problem", id).value()->facts.text("description") ==
          "身份证 ▇ 的户主");
    // Who repeats the report does not get it back.
    auto const again = desk.office.engine.execute(
        {.actor = desk.township,
         .workflow = "problem",
         .instance = "",
         .verb = "report",
         .fields = fields_of({{"title", std::string("断头路")},
                              {"description", "身份证 " + std::string(number) + " 的户主"},
                              {"category", std::string("transport")},
                              {"region", std::string("360731100")},
                              {"submit", true}}),
         .idempotency_key = "report"});
    REQUIRE(again.has_value());
    CHECK(again->instance->facts.text("description") == "▇▇▇");
}

TEST_CASE("only a coordinator over the region takes something out, and says why") {
    Desk desk;
    auto const id = reported(desk);
    auto const fields =
        fields_of({{"description", std::string("x")}, {"reason", std::string("y")}});
    CHECK(desk.give(desk.township, id, "redact", fields).error().code == "forbidden");
    CHECK(desk.give(desk.county, id, "redact", fields_of({{"description", std::string("x")}}))
              .error()
              .errors.front()
              .field == "reason");
}

TEST_CASE("what is taken out stays covered after a restart, and the chain still verifies") {
    storage::Place const place;
    auto const path = place.path("store");
    std::string id;
    {
        auto const store = storage::opened(storage::options_for(path));
        Desk desk(*store);
        REQUIRE(desk.import_organisations());
        id = reported(desk);
        redact(desk, id);
        desk.office.engine.drain();
    }
    CHECK(storage::verified(path).findings.empty());
    auto const store = storage::opened(storage::options_for(path));
    Desk desk(*store);
    CHECK(told(desk, id).find(number) == std::string::npos);
}
