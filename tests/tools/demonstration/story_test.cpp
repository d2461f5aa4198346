#include "engine/people/built_in_organisations.hpp"
#include "tests/engine/desk.hpp"
#include "tools/demonstration/story.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace banjie;
using namespace banjie::demonstration;
using namespace std::chrono_literals;

TEST_CASE("the demonstration's story can be told, and comes out as the paper has it") {
    auto const store = storage::open_memory_store();
    StoryClock clock;
    engine::SeededRandom random;
    engine::Office office(*store, clock, random);
    REQUIRE(office.load().has_value());
    REQUIRE(office.organisations
                .import(office.documents, engine::system_caller(), engine::built_in_organisations(),
                        [](std::size_t, std::size_t) {})
                .has_value());
    engine::Time const now = clock.now();
    auto const told = tell_story(office, clock, now, [](std::size_t, std::size_t) {});
    INFO((told ? "" : told.error().detail));
    REQUIRE(told.has_value());

    auto const province = engine::Desk::person("province", "36", {engine::Role::coordinator});
    auto const fourth =
        office.index
            .list(province, {.workflow = "problem", .where = {{"round", {"4"}}}, .limit = 200})
            .value();
    CHECK(fourth.total == 125);
    auto const figures =
        office.index.statistics(province, {.workflow = "problem", .where = {{"round", {"4"}}}})
            .value()
            .front();
    for (auto const* stage : {"collect", "assign", "resolve", "revisit", "close"}) {
        INFO(stage);
        CHECK(figures.by_stage.count(stage) == 1);
    }
    CHECK(figures.by_state.at("closed") > 40);
    CHECK(figures.by_light.at("overdue") > 5);
    auto const reworked = office.index.list(
        province, {.workflow = "problem", .where = {{"round", {"4"}}}, .mark = {"reworked"}});
    CHECK(reworked.value().total > 0);
    CHECK(office.index.list(province, {.workflow = "problem", .where = {{"round", {"5"}}}})
              .value()
              .total >= 15);
    std::set<std::string> titles;
    for (auto const& problem : office.engine.find_all(province, fourth.ids).value())
        titles.insert(std::string(problem->facts.text("title")));
    CHECK(titles.size() > 100);
}
