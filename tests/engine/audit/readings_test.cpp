#include "engine/audit/readings.hpp"
#include "tests/engine/desk.hpp"
#include "tests/storage/place.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie::engine;
namespace storage = banjie::storage;

TEST_CASE("a reading is an event about the instance, and the instance's history stays its own") {
    storage::Place const place;
    auto const path = place.path("store");
    {
        auto const store = storage::opened(storage::options_for(path));
        Desk desk(*store);
        REQUIRE(desk.import_organisations());
        auto const problem = desk.report();
        auto const before = store->history(problem, 0, 100).value().size();
        auto const last = store->status().last_seq;
        Reading const reading{.instance = problem,
                              .workflow = "problem",
                              .fields = {"telephone"},
                              .why = "要打电话回访"};
        for (int i = 0; i < 2; ++i)
            REQUIRE(note_reading(desk.office.documents, desk.county, reading, desk.clock.now())
                        .has_value());
        CHECK(store->history(problem, 0, 100).value().size() == before);
        auto const events = store->events_after(last, 100).value();
        REQUIRE(events.size() == 2);
        auto const event = nlohmann::json::parse(events[1].body);
        CHECK(event["type"] == "read");
        CHECK(event["kind"] == "reading");
        CHECK(event["subject"] == problem);
        CHECK(event["actor"] == "county");
        CHECK(event["fields"] == nlohmann::json{{"fields", {"telephone"}},
                                                {"why", "要打电话回访"},
                                                {"instance", problem},
                                                {"workflow", "problem"}});
        CHECK(event["seen_by"] == nlohmann::json::array({"!360731"}));
        store->close();
    }
    CHECK(storage::verified(path).findings.empty());
}
