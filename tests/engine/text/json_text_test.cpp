#include "engine/text/json_text.hpp"
#include "engine/text/read_fields.hpp"
#include "engine/text/time_text.hpp"
#include "tests/engine/desk.hpp"
#include "workflows/problem.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace banjie::engine;
using nlohmann::json;

TEST_CASE("a time is written with China's offset and read with any") {
    Time const time = Time(std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}) +
                      std::chrono::hours(1) + std::chrono::milliseconds(5);
    CHECK(time_text(time) == "2026-11-24T09:00:00.005+08:00");
    CHECK(time_of("2026-11-24T09:00:00.005+08:00") == time);
    CHECK(time_of("2026-11-24T01:00:00.005Z") == time);
    CHECK(time_of("2026-11-23T20:00:00.005-05:00") == time);
    for (auto const* bad : {"", "2026-11-24", "2026-13-24T09:00:00Z", "2026-02-30T09:00:00Z",
                            "2026-11-24T25:00:00Z", "2026-11-24T09:00:00", "2026-11-24T09:00:00Zx"})
        CHECK_FALSE(time_of(bad).has_value());
}

TEST_CASE("an instance and its events read back from their texts as they were") {
    Desk desk;
    auto const id = desk.report("引号 \" 与 \\ 与 😀");
    desk.bring_to_close(id);
    auto const problem = **desk.office.engine.find(desk.county, "problem", id);
    CHECK(instance_of(instance_text(banjie::workflows::problem(), problem)) == problem);
    for (auto const& stored : desk.own_store->history(id, 0, 100).value()) {
        auto const recorded = recorded_of(stored.seq, stored.body);
        CHECK(recorded.subject == id);
        CHECK(json::parse(stored.body)["type"] == recorded.event.type);
    }
}

TEST_CASE("fields are read by their form, and everything wrong is told at once") {
    static constexpr FieldSpec form[] = {{.name = "name", .required = true},
                                         {.name = "count", .kind = FieldKind::integer},
                                         {.name = "held_at", .kind = FieldKind::time},
                                         {.name = "ids", .kind = FieldKind::instances}};
    auto const good = read_fields(json{{"name", "x"},
                                       {"count", 3},
                                       {"held_at", "2026-11-24T09:00:00+08:00"},
                                       {"ids", {"a", "b"}}},
                                  form);
    REQUIRE(good.has_value());
    CHECK(good->number("count") == 3);
    CHECK(good->texts("ids") == Texts{"a", "b"});
    auto const bad = read_fields(
        json{{"name", 1}, {"count", 1.5}, {"held_at", "soon"}, {"ids", {1}}, {"colour", "red"}},
        form);
    REQUIRE(bad.has_error());
    CHECK(bad.error().errors.size() == 5);
    CHECK(read_fields(json::array(), form).error().code == "not_an_object");
    CHECK(read_fields(json{{"count", 18446744073709551615U}}, form).has_error());
}
