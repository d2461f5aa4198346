#include "engine/index/index_entry.hpp"
#include "engine/index/instance_index.hpp"
#include "tests/engine/desk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace banjie::engine;
using namespace std::chrono_literals;

namespace {

ListPage listed(Desk& desk, Actor const& actor, ListQuery query) {
    auto const page = desk.office.index.list(actor, query);
    REQUIRE(page.has_value());
    return *page;
}

std::string error_code(Desk& desk, ListQuery query) {
    auto const page = desk.office.index.list(desk.county, query);
    return page ? "listed" : page.error().errors.at(0).code;
}

} // namespace

TEST_CASE("an index entry reads back as it was written") {
    Desk desk;
    auto const id = desk.report();
    desk.bring_to_close(id);
    auto const problem = **desk.office.engine.find(desk.county, "problem", id);
    auto const record = encode(index_entry_of(problem));
    auto const entry = decode_index_entry(record);
    REQUIRE(entry.has_value());
    CHECK(entry->state == "closed");
    CHECK(entry->lead_unit == "360731-transport");
    CHECK(entry->history == (IndexEntry::handled | IndexEntry::visited | IndexEntry::resolved |
                             IndexEntry::satisfied));
    Day const today = day_of(desk.clock.now());
    CHECK(entry->days == Days{today, today, 0, today, today, today});
    CHECK(encode(*entry) == record);
    for (std::size_t size = 0; size < record.size(); ++size)
        CHECK_FALSE(decode_index_entry(std::string_view(record).substr(0, size)).has_value());
    CHECK_FALSE(decode_index_entry(record + "x").has_value());
}

TEST_CASE("an entry of a time that no calendar has does not read as one") {
    using std::chrono::milliseconds;
    constexpr Time last{milliseconds(253'402'300'799'999)}; // of the year 9999
    IndexEntry entry;
    entry.created = entry.updated = last;
    entry.due = entry.wake = last;
    CHECK(decode_index_entry(encode(entry)).has_value());
    for (auto const change : {+[](IndexEntry& one) { one.created += milliseconds(1); },
                              +[](IndexEntry& one) { one.updated += milliseconds(1); },
                              +[](IndexEntry& one) { *one.due += milliseconds(1); },
                              +[](IndexEntry& one) { one.wake = Time::max(); }}) {
        auto later = entry;
        change(later);
        CHECK_FALSE(decode_index_entry(encode(later)).has_value());
    }
}

TEST_CASE("an entry of the first format is read; its days come with the next change") {
    Desk desk;
    auto const id = desk.report();
    auto record = encode(index_entry_of(**desk.office.engine.find(desk.county, "problem", id)));
    record.front() = 1;
    record.resize(record.size() - (moment_names.size() - 1));
    auto const entry = decode_index_entry(record);
    REQUIRE(entry.has_value());
    CHECK(entry->state == "screening");
    CHECK(entry->days == Days{day_of(desk.clock.now()), 0, 0, 0, 0, 0});
}

TEST_CASE("a list shows what one may see, with its total") {
    Desk desk;
    for (int i = 0; i < 3; ++i) (void)desk.report();
    CHECK(listed(desk, desk.township, {}).total == 3);
    CHECK(listed(desk, desk.county, {}).total == 3);
    CHECK(listed(desk, desk.province, {}).total == 3);
    CHECK(listed(desk, desk.elsewhere, {}).total == 0);
    CHECK(listed(desk, desk.department, {}).total == 0);
}

TEST_CASE("a draft is seen by its own office alone") {
    Desk desk;
    auto const reply =
        desk.office.engine.execute({.actor = desk.township,
                                    .workflow = "problem",
                                    .instance = "",
                                    .verb = "report",
                                    .fields = fields_of({{"title", std::string("草稿")},
                                                         {"description", std::string("未完")},
                                                         {"category", std::string("transport")},
                                                         {"region", std::string("360731100")}})});
    REQUIRE(reply.has_value());
    CHECK(listed(desk, desk.township, {}).total == 1);
    CHECK(listed(desk, desk.county, {}).total == 0);
}

TEST_CASE("every filter narrows the list") {
    Desk desk;
    auto const one = desk.report("供水管网");
    auto const two = desk.report("断头路 Road");
    desk.bring_to_handling(two);
    auto const ids = [&](ListQuery query) { return listed(desk, desk.county, query).ids; };
    using Ids = std::vector<std::string>;
    CHECK(ids({.state = {"screening"}}) == Ids{one});
    CHECK(ids({.state = {"screening", "handling"}}).size() == 2);
    CHECK(ids({.stage = {"resolve"}}) == Ids{two});
    CHECK(ids({.light = {"overdue"}}).empty());
    CHECK(ids({.light = {"on_time"}}).size() == 2);
    CHECK(ids({.supervision = {"urged"}}).empty());
    CHECK(ids({.category = {"transport"}}).size() == 2);
    CHECK(ids({.source = {"petition"}}).empty());
    CHECK(ids({.round = 4}).empty());
    CHECK(ids({.region = "3607"}).size() == 2);
    CHECK(ids({.region = "360731101"}).empty());
    CHECK(ids({.unit = "360731-transport"}) == Ids{two});
    CHECK(ids({.lead_unit = "360731-transport"}) == Ids{two});
    CHECK(ids({.lead_unit = "360731-finance"}).empty());
    CHECK(ids({.q = "供水"}) == Ids{one});
    CHECK(ids({.q = "断头路 road"}) == Ids{two});
    CHECK(ids({.q = one}) == Ids{one});
    CHECK(ids({.mine = true}) == Ids{one}); // the county screens
    CHECK(listed(desk, desk.department, {.mine = true}).ids == Ids{two});
    CHECK(listed(desk, desk.township, {.mine = true}).ids.empty());
}

TEST_CASE("pages follow one another without gap or repetition, in every order") {
    Desk desk;
    constexpr int count = 23;
    for (int i = 0; i < count; ++i) {
        (void)desk.report();
        if (i % 3 == 0) desk.clock.advance(1h);
    }
    for (Sort const sort : {Sort::created, Sort::updated, Sort::due})
        for (bool const descending : {true, false}) {
            ListQuery query{.sort = sort, .descending = descending, .limit = 5};
            std::vector<std::string> ids;
            do {
                auto const page = listed(desk, desk.county, query);
                CHECK(page.total == count);
                ids.insert(ids.end(), page.ids.begin(), page.ids.end());
                query.cursor = page.next_cursor;
            } while (!query.cursor.empty());
            CHECK(ids.size() == count);
            CHECK(std::set(ids.begin(), ids.end()).size() == count);
            if (sort == Sort::created)
                CHECK(std::is_sorted(ids.begin(), ids.end(), [&](auto const& a, auto const& b) {
                    return descending ? a.substr(0, 10) > b.substr(0, 10)
                                      : a.substr(0, 10) < b.substr(0, 10);
                }));
        }
}

TEST_CASE("a long list has every entry once, in every order, wherever in the order they lie") {
    InstanceIndex index;
    constexpr int screened = 35'000, handled = 35'000; // one behind the other in every order
    for (int i = 0; i < screened + handled; ++i) {
        Instance instance;
        instance.id = "p" + std::to_string(100'000 + i);
        instance.workflow = "problem";
        instance.states = {i < screened ? "screening" : "handling", "on_time", "normal"};
        instance.facts.set("region", std::string("360731100"));
        instance.facts.set("due_at", Time(std::chrono::milliseconds(i / 3)));
        instance.created_at = instance.updated_at = Time(std::chrono::milliseconds(i / 2));
        index.put(nullptr, instance.id, index_entry_of(instance));
    }
    auto const county = Desk::person("county", "360731", {Role::coordinator});
    for (Sort const sort : {Sort::created, Sort::updated, Sort::due})
        for (bool const descending : {true, false}) {
            ListQuery query{
                .state = {"screening"}, .sort = sort, .descending = descending, .limit = 200};
            std::vector<std::string> ids;
            do {
                auto const page = index.list(county, query);
                REQUIRE(page.has_value());
                CHECK(page->total == screened);
                ids.insert(ids.end(), page->ids.begin(), page->ids.end());
                query.cursor = page->next_cursor;
            } while (!query.cursor.empty());
            CHECK(ids.size() == screened);
            if (descending) std::reverse(ids.begin(), ids.end());
            CHECK(std::is_sorted(ids.begin(), ids.end()));
            CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
        }
}

TEST_CASE("an index that is loaded answers as the one that was told of everything") {
    Desk desk;
    for (int i = 0; i < 20; ++i) {
        auto const id = desk.report("难题" + std::to_string(i) + " Road");
        if (i % 3 == 0) desk.bring_to_handling(id);
        if (i % 3 == 1) desk.bring_to_close(id);
        desk.clock.advance(1h);
    }
    InstanceIndex loaded;
    REQUIRE(loaded.load(desk.office.store, 3).has_value());
    auto const& told = desk.office.index;
    CHECK(loaded.size() == told.size());
    CHECK(loaded.due(desk.clock.now() + 24h * 365, 1'000) ==
          told.due(desk.clock.now() + 24h * 365, 1'000));
    std::vector<ListQuery> const queries{
        {},
        {.stage = {"resolve"}, .sort = Sort::due},
        {.sort = Sort::updated, .descending = false},
        {.category = {"transport"}, .region = "3607", .unit = "360731-transport"},
        {.mine = true},
        {.q = "难题1 road"}};
    for (auto const& actor : {desk.township, desk.county, desk.province, desk.elsewhere}) {
        for (auto const& query : queries)
            CHECK(loaded.list(actor, query)->ids == told.list(actor, query)->ids);
        CHECK(loaded.statistics(actor, {})[0].by_state == told.statistics(actor, {})[0].by_state);
        DaySpan const march{*day_named("2026-03-01"), *day_named("2026-03-31")};
        CHECK(loaded.trend(actor, {}, {march})[0] == told.trend(actor, {}, {march})[0]);
    }
}

TEST_CASE(
    "the index says of each instance whether somebody may see it, and of none that is absent") {
    Desk desk;
    std::vector<std::string> ids;
    for (int i = 0; i < 4; ++i) ids.push_back(desk.report());
    desk.bring_to_handling(ids.front());
    auto const draft = desk.give(desk.township, "", "report",
                                 fields_of({{"title", std::string("草稿")},
                                            {"description", std::string("尚未报送。")},
                                            {"category", std::string("transport")},
                                            {"region", std::string("360731100")}}));
    ids.push_back(draft.value().instance->id);
    auto const& index = desk.office.index;
    std::size_t seen = 0, hidden = 0;
    for (auto const& actor : {desk.township, desk.county, desk.province, desk.department,
                              desk.elsewhere, banjie::workflows::system_actor()}) {
        for (auto const& id : ids) {
            auto const instance =
                desk.office.engine.find(banjie::workflows::system_actor(), "problem", id);
            REQUIRE(instance.has_value());
            bool const sees = index.sees(actor, "problem", id);
            CHECK(sees == may_see(actor, **instance));
            (sees ? seen : hidden) += 1;
            CHECK_FALSE(index.sees(actor, "round", id));
        }
        for (auto const* absent : {"", "p", "01KJR641JG1CDA99", "an id that is far too long"})
            CHECK_FALSE(index.sees(actor, "problem", absent));
    }
    CHECK(seen > 0);
    CHECK(hidden > 0);
}

TEST_CASE("words are found in any title, as it is now") {
    InstanceIndex index;
    Instance problem;
    problem.id = "p1";
    problem.workflow = "problem";
    problem.states = {"screening", "on_time", "normal"};
    problem.facts.set("region", std::string("360731100"));
    problem.facts.set("title", std::string("通村公路尚未硬化 G323 Road"));
    index.put(nullptr, problem.id, index_entry_of(problem));
    auto const county = Desk::person("county", "360731", {Role::coordinator});
    auto const found = [&](char const* words) {
        return index.list(county, {.q = words})->total == 1;
    };
    for (auto const* words :
         {"路", "公路", "通村公路尚未硬化", "硬化 road", "g323", "ROAD 通村", "3"})
        CHECK_MESSAGE(found(words), words);
    for (auto const* words : {"路公", "水库", "公路 水库", "roads", "g3234"})
        CHECK_MESSAGE(!found(words), words);
    auto const before = problem;
    problem.facts.set("title", std::string("水库"));
    index.put(&before, problem.id, index_entry_of(problem));
    CHECK(found("水库"));
    CHECK_FALSE(found("公路"));
}

TEST_CASE("a list that cannot be made is refused with the name of what is wrong") {
    Desk desk;
    (void)desk.report();
    CHECK(error_code(desk, {.state = {"dancing"}}) == "unknown_value");
    CHECK(error_code(desk, {.stage = {"dancing"}}) == "unknown_value");
    CHECK(error_code(desk, {.light = {"blue"}}) == "unknown_value");
    CHECK(error_code(desk, {.supervision = {"on_time"}}) == "unknown_value");
    CHECK(error_code(desk, {.outcome = {"dancing"}}) == "unknown_value");
    CHECK(error_code(desk, {.workflow = "dance"}) == "unknown_value");
    CHECK(error_code(desk, {.limit = 0}) == "out_of_bounds");
    CHECK(error_code(desk, {.limit = 201}) == "out_of_bounds");
    for (auto const* cursor : {"x", "0.", "0.1", "0.x.y", "1.0.p1", "0.1.nobody"})
        CHECK(error_code(desk, {.cursor = cursor}) == "bad_cursor");
}

TEST_CASE("statistics count by stage, light and rate, within the actor's reach") {
    Desk desk;
    (void)desk.report();
    desk.bring_to_handling(desk.report());
    desk.bring_to_close(desk.report());
    auto const whole = desk.office.index.statistics(desk.county, {});
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].total == 3);
    CHECK(whole[0].by_stage.at("collect") == 1);
    CHECK(whole[0].by_stage.at("resolve") == 1);
    CHECK(whole[0].by_stage.at("close") == 1);
    CHECK(whole[0].by_light.at("on_time") == 2); // what is closed has no light any more
    CHECK(whole[0].on_time == std::pair<std::uint64_t, std::uint64_t>(1, 1));
    CHECK(whole[0].satisfaction == std::pair<std::uint64_t, std::uint64_t>(1, 1));
    CHECK(whole[0].rework == std::pair<std::uint64_t, std::uint64_t>(0, 1));

    auto const cities = desk.office.index.statistics(desk.province, {.group_by = GroupBy::region});
    REQUIRE(cities.size() == 1);
    CHECK(cities[0].key == "3607");
    CHECK(cities[0].total == 3);
    auto const units = desk.office.index.statistics(desk.county, {.group_by = GroupBy::unit});
    REQUIRE(units.size() == 1);
    CHECK(units[0].key == "360731-transport");
    CHECK(units[0].total == 2);
    CHECK(desk.office.index.statistics(desk.elsewhere, {})[0].total == 0);
}

TEST_CASE("a trend counts what happened in each period, and lists lead to the same problems") {
    Desk desk;
    (void)desk.report(); // in March
    auto const closed = desk.report();
    desk.bring_to_close(closed);
    desk.clock.advance(24h * 31);
    auto const late = desk.report(); // in April
    desk.bring_to_handling(late);
    desk.clock.advance(24h * 45); // its day and that of the first came and went, in May
    while (desk.office.engine.wake_due().fired > 0) {
    }
    std::vector<DaySpan> months;
    for (auto const* day : {"2026-03-05", "2026-04-05", "2026-05-05"})
        months.push_back(period_of(Every::month, *day_named(day)));
    auto const trend = desk.office.index.trend(desk.county, {}, months);
    REQUIRE(trend.size() == 3);
    using Pair = std::pair<std::uint64_t, std::uint64_t>;
    CHECK(trend[0] == TrendFigures{2, 1, 1, 1, Pair(1, 1), Pair(1, 1), Pair(1, 1), Pair(0, 1)});
    CHECK(trend[1].reported == 1);
    CHECK(trend[1].assigned == 1);
    CHECK(trend[1].overdue + trend[2].overdue == 1);
    CHECK(trend[2].reported == 0);
    CHECK(trend[2].on_time == Pair(0, 0));
    CHECK(desk.office.index.trend(desk.elsewhere, {}, months)[0] == TrendFigures{});
    CHECK(desk.office.index.trend(desk.county, {.unit = "360731-transport"}, months)[0].reported ==
          1);

    auto const ids = [&](Moment moment, DaySpan days) {
        return listed(desk, desk.county, {.happened = Happened{moment, days}}).ids;
    };
    CHECK(ids(Moment::closed, months[0]) == std::vector{closed});
    CHECK(ids(Moment::reported, months[1]) == std::vector{late});
    CHECK(ids(Moment::closed, months[1]).empty());
    for (auto const* outcome : {"handled", "handled_on_time", "visited", "resolved", "satisfied"})
        CHECK(listed(desk, desk.county, {.outcome = {outcome}}).ids == std::vector{closed});
    for (auto const* outcome : {"handled_late", "reworked", "unresolved", "dissatisfied"})
        CHECK(listed(desk, desk.county, {.outcome = {outcome}}).ids.empty());
}

TEST_CASE("groups of cities and counties lie wherever the caller sees any") {
    Desk desk;
    (void)desk.report();
    for (auto const& [group_by, key] :
         {std::pair(GroupBy::city, "3607"), std::pair(GroupBy::county, "360731")}) {
        auto const groups = desk.office.index.statistics(desk.province, {.group_by = group_by});
        REQUIRE(groups.size() == 1);
        CHECK(groups[0].key == key);
        CHECK(desk.office.index.statistics(desk.elsewhere, {.group_by = group_by}).empty());
    }
}

TEST_CASE("weeks begin on Monday, months have all their days") {
    auto const texts = [](Every every, char const* day) {
        auto const period = period_of(every, *day_named(day));
        return date_text(period.first) + " " + date_text(period.last);
    };
    CHECK(texts(Every::week, "2026-03-01") == "2026-02-23 2026-03-01");
    CHECK(texts(Every::week, "2026-03-02") == "2026-03-02 2026-03-08");
    CHECK(texts(Every::month, "2028-02-29") == "2028-02-01 2028-02-29");
    CHECK(texts(Every::month, "2026-12-31") == "2026-12-01 2026-12-31");
    for (auto const* no_day :
         {"", "2026-02-30", "2026-3-1", "2026-03-01T", "0000-01-01", "9999-01-01"})
        CHECK_MESSAGE(!day_named(no_day).has_value(), no_day);
}
