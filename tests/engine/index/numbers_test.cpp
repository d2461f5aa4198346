#include "engine/index/index_entry.hpp"
#include "engine/index/index_numbers.hpp"
#include "engine/index/numbers.hpp"
#include "engine/text/json_text.hpp"
#include "tests/engine/desk.hpp"
#include "workflows/problem.hpp"
#include "workflows/round.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;

namespace {

std::string number_of(Desk& desk, std::string const& id) {
    return (*desk.office.engine.find(workflows::system_actor(), "problem", id))->number;
}

} // namespace

TEST_CASE("a number is a prefix and at least four digits, and reads back") {
    CHECK(number_text("5", 123) == "5-0123");
    CHECK(number_text("2026-督", 47) == "2026-督-0047");
    CHECK(number_text("5", 123'456) == "5-123456");
    for (auto const* number : {"5-0123", "2026-督-0047", "5-123456", "2026-9999"}) {
        auto const parts = parts_of_number(number);
        REQUIRE_MESSAGE(parts.has_value(), number);
        CHECK(number_text(parts->first, parts->second) == number);
    }
    for (auto const* none : {"", "5", "-0123", "5-", "5-123", "5-00123", "5-0000", "5-12x4",
                             "5-9999999999", "01KJR641JG1CDADE"})
        CHECK_MESSAGE(!parts_of_number(none).has_value(), none);
}

TEST_CASE("the prefix is the fact that is declared, or else the year in China") {
    Time const new_year(std::chrono::sys_days{std::chrono::year{2026} / 12 / 31} + 16h);
    auto const fields = fields_of({{"round", std::int64_t{5}}});
    CHECK(number_prefix(workflows::problem(), fields, new_year) == "5");
    CHECK(number_prefix(workflows::problem(), {}, new_year) == "2027");
    CHECK(number_prefix(workflows::round(), {}, new_year).empty());
}

TEST_CASE("numbers are given once, on any thread") {
    Numbers numbers;
    numbers.used("5", 41);
    std::mutex mutex;
    std::set<std::string> given;
    auto const take = [&] {
        for (int i = 0; i < 500; ++i) {
            auto number = numbers.next("5");
            std::lock_guard const lock(mutex);
            CHECK(given.insert(std::move(number)).second);
        }
    };
    std::thread one(take), other(take);
    one.join();
    other.join();
    CHECK(*given.begin() == "5-0042");
    CHECK(numbers.next("6") == "6-0001");
}

TEST_CASE("rows are found by their number, and by its last digits") {
    IndexNumbers numbers;
    for (Row row = 0; row < 30; ++row)
        CHECK(numbers.put(row, number_text(row % 2 == 0 ? "5" : "2026", 100 * (row + 1) + 23)));
    CHECK(numbers.of(3) == "2026-0423");
    CHECK(numbers.find("2026-0423") == Row{3});
    CHECK_FALSE(numbers.find("5-0423").has_value());
    CHECK_FALSE(numbers.put(30, "2026-0423"));
    CHECK(numbers.of(30).empty());
    CHECK(numbers.put(3, "5-9999")); // a number stays
    CHECK(numbers.of(3) == "2026-0423");
    CHECK(numbers.ending_with("423", 100) == std::vector<Row>{3, 13, 23});
    CHECK(numbers.ending_with("0423", 100) == std::vector<Row>{3});
    CHECK(numbers.ending_with("23", 100).empty());
    CHECK(numbers.ending_with("423", 2).size() == 2);
    CHECK(numbers.ending_with("4x3", 2).empty());
}

TEST_CASE("what is created gets a number that stays, and is found by it") {
    Desk desk;
    auto const one = desk.report("供水管网"), other = desk.report("断头路");
    CHECK(number_of(desk, one) == "2026-0001");
    CHECK(number_of(desk, other) == "2026-0002");
    desk.bring_to_close(one);
    CHECK(number_of(desk, one) == "2026-0001");
    auto const& index = desk.office.index;
    CHECK(index.id_named(desk.county, "2026-0002") == other);
    CHECK(index.id_named(desk.elsewhere, "2026-0002") == "2026-0002");
    CHECK(index.id_named(desk.county, other) == other);
    for (auto const* words : {"2026-0002", "0002", "002"})
        CHECK(index.list(desk.county, {.workflow = "problem", .q = words})->ids ==
              std::vector{other});
    CHECK(index.list(desk.elsewhere, {.workflow = "problem", .q = "0002"})->ids.empty());
    Desk again(desk.office.store);
    CHECK(number_of(again, other) == "2026-0002");
    CHECK(number_of(again, again.report()) == "2026-0003");
}

TEST_CASE("instances of before there were numbers get theirs by age when the store is opened") {
    Desk desk;
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(desk.report());
        desk.clock.advance(1h);
    }
    auto& store = desk.office.store;
    // As they were: neither record nor entry knows a number.
    auto const bare = storage::open_memory_store();
    for (auto const& id : ids) {
        auto instance = **desk.office.engine.find(desk.county, "problem", id);
        instance.number.clear();
        storage::Batch batch;
        batch.changes.push_back({id, 0, instance_text(workflows::problem(), instance), "\x02",
                                 store.history(id, 0, 1)->front().body});
        bare->commit(std::move(batch), [](auto const& result) { REQUIRE(result.has_value()); });
    }
    auto const numbers = [&](Desk& opened) {
        std::vector<std::string> all;
        for (auto const& id : ids) all.push_back(number_of(opened, id));
        return all;
    };
    std::vector<std::string> const expected{"2026-0001", "2026-0002", "2026-0003", "2026-0004",
                                            "2026-0005"};
    Desk opened(*bare);
    CHECK(numbers(opened) == expected);
    opened.done(opened.county, ids[2], "accept"); // its record has the number from now on
    Desk again(*bare);
    CHECK(numbers(again) == expected);
    CHECK(opened.office.index.id_named(opened.county, "2026-0004") == ids[3]);
}
