#include "engine/index/index_entry.hpp"
#include "engine/index/instance_index.hpp"
#include "tests/engine/desk.hpp"
#include "workflows/problem.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace banjie;
using namespace banjie::engine;
using namespace std::chrono_literals;

namespace {

ListPage listed(Desk& desk, Actor const& actor, ListQuery query) {
    query.workflow = "problem";
    auto const page = desk.office.index.list(actor, query);
    REQUIRE(page.has_value());
    return *page;
}

std::string error_code(Desk& desk, ListQuery query) {
    if (query.workflow.empty()) query.workflow = "problem";
    auto const page = desk.office.index.list(desk.county, query);
    return page ? "listed" : std::string(page.error().errors.at(0).code);
}

IndexedWorkflow const problems(workflows::problem());

workflows::Workflow const& problem() {
    return workflows::problem();
}

PartOfWhole rate(std::vector<PartOfWhole> const& rates, std::string_view name) {
    auto const all = problem().facets().rates;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].name == name) return rates.at(i);
    return {99, 99};
}

std::uint64_t happened(TrendFigures const& figures, std::string_view moment) {
    auto const all = problem().facets().moments;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].name == moment) return figures.moments.at(i);
    return 99;
}

std::vector<Figures> counted(Desk& desk, Actor const& actor, StatisticsQuery const& query) {
    auto const figures = desk.office.index.statistics(actor, query);
    REQUIRE(figures.has_value());
    return *figures;
}

std::vector<TrendFigures> trended(Desk& desk, Actor const& actor, StatisticsQuery const& query,
                                  std::vector<DaySpan> const& periods) {
    auto const figures = desk.office.index.trend(actor, query, periods);
    REQUIRE(figures.has_value());
    return *figures;
}

} // namespace

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
    CHECK(ids({.where = {{"light", {"overdue"}}}}).empty());
    CHECK(ids({.where = {{"light", {"on_time"}}}}).size() == 2);
    CHECK(ids({.where = {{"supervision", {"urged"}}}}).empty());
    CHECK(ids({.where = {{"category", {"transport"}}}}).size() == 2);
    CHECK(ids({.where = {{"source", {"petition"}}}}).empty());
    CHECK(ids({.where = {{"round", {"4"}}}}).empty());
    CHECK(ids({.where = {{"region", {"3607"}}}}).size() == 2);
    CHECK(ids({.where = {{"region", {"360731101"}}}}).empty());
    CHECK(ids({.unit = "360731-transport"}) == Ids{two});
    CHECK(ids({.where = {{"lead_unit", {"360731-transport"}}}}) == Ids{two});
    CHECK(ids({.where = {{"lead_unit", {"360731-finance"}}}}).empty());
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
    InstanceIndex index(Rulebook().rules()->workflows);
    constexpr int screened = 35'000, handled = 35'000; // one behind the other in every order
    for (int i = 0; i < screened + handled; ++i) {
        Instance instance;
        instance.id = "p" + std::to_string(100'000 + i);
        instance.workflow = "problem";
        instance.states = {i < screened ? "screening" : "handling", "on_time", "normal"};
        instance.facts.set("region", std::string("360731100"));
        instance.facts.set("due_at", Time(std::chrono::milliseconds(i / 3)));
        instance.created_at = instance.updated_at = Time(std::chrono::milliseconds(i / 2));
        index.put(nullptr, instance.id, index_entry_of(problems, instance));
    }
    auto const county = Desk::person("county", "360731", {Role::coordinator});
    for (Sort const sort : {Sort::created, Sort::updated, Sort::due})
        for (bool const descending : {true, false}) {
            ListQuery query{.workflow = "problem",
                            .state = {"screening"},
                            .sort = sort,
                            .descending = descending,
                            .limit = 200};
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
    InstanceIndex loaded(desk.office.rulebook.rules()->workflows);
    REQUIRE(loaded.load(desk.office.store, 3).has_value());
    auto const& told = desk.office.index;
    CHECK(loaded.size() == told.size());
    CHECK(loaded.due(desk.clock.now() + 24h * 365, 1'000) ==
          told.due(desk.clock.now() + 24h * 365, 1'000));
    std::vector<ListQuery> const queries{
        {},
        {.stage = {"resolve"}, .sort = Sort::due},
        {.sort = Sort::updated, .descending = false},
        {.where = {{"category", {"transport"}}, {"region", {"3607"}}}, .unit = "360731-transport"},
        {.mine = true},
        {.q = "难题1 road"}};
    for (auto const& actor : {desk.township, desk.county, desk.province, desk.elsewhere}) {
        for (auto query : queries) {
            query.workflow = "problem";
            CHECK(loaded.list(actor, query)->ids == told.list(actor, query)->ids);
        }
        CHECK(loaded.work(actor, 50, {})->page.ids == told.work(actor, 50, {})->page.ids);
        CHECK(loaded.statistics(actor, {})->at(0).by_state ==
              told.statistics(actor, {})->at(0).by_state);
        DaySpan const march{*day_named("2026-03-01"), *day_named("2026-03-31")};
        CHECK(loaded.trend(actor, {}, {march})->at(0) == told.trend(actor, {}, {march})->at(0));
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
                              desk.elsewhere, system_caller()}) {
        for (auto const& id : ids) {
            auto const instance = desk.office.engine.find(workflows::system_actor(), "problem", id);
            REQUIRE(instance.has_value());
            bool const sees = index.sees(actor, "problem", id);
            CHECK(sees == may_see(actor, problem(), **instance));
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
    InstanceIndex index(Rulebook().rules()->workflows);
    Instance one;
    one.id = "p1";
    one.workflow = "problem";
    one.states = {"screening", "on_time", "normal"};
    one.facts.set("region", std::string("360731100"));
    one.facts.set("title", std::string("通村公路尚未硬化 G323 Road"));
    index.put(nullptr, one.id, index_entry_of(problems, one));
    auto const county = Desk::person("county", "360731", {Role::coordinator});
    auto const found = [&](char const* words) {
        return index.list(county, {.workflow = "problem", .q = words})->total == 1;
    };
    for (auto const* words :
         {"路", "公路", "通村公路尚未硬化", "硬化 road", "g323", "ROAD 通村", "3"})
        CHECK_MESSAGE(found(words), words);
    for (auto const* words : {"路公", "水库", "公路 水库", "roads", "g3234"})
        CHECK_MESSAGE(!found(words), words);
    auto const before = one;
    one.facts.set("title", std::string("水库"));
    index.put(&before, one.id, index_entry_of(problems, one));
    CHECK(found("水库"));
    CHECK_FALSE(found("公路"));
}

TEST_CASE("a list that cannot be made is refused with the name of what is wrong") {
    Desk desk;
    (void)desk.report();
    CHECK(error_code(desk, {.state = {"dancing"}}) == "unknown_value");
    CHECK(error_code(desk, {.stage = {"dancing"}}) == "unknown_value");
    CHECK(error_code(desk, {.where = {{"light", {"blue"}}}}) == "unknown_value");
    CHECK(error_code(desk, {.where = {{"supervision", {"on_time"}}}}) == "unknown_value");
    CHECK(error_code(desk, {.mark = {"dancing"}}) == "unknown_value");
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
    auto const whole = counted(desk, desk.county, {});
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].total == 3);
    CHECK(whole[0].by_stage.at("collect") == 1);
    CHECK(whole[0].by_stage.at("resolve") == 1);
    CHECK(whole[0].by_stage.at("close") == 1);
    CHECK(whole[0].by_light.at("on_time") == 2); // what is closed has no light any more
    CHECK(rate(whole[0].rates, "on_time_rate") == PartOfWhole(1, 1));
    CHECK(rate(whole[0].rates, "satisfaction_rate") == PartOfWhole(1, 1));
    CHECK(rate(whole[0].rates, "rework_rate") == PartOfWhole(0, 1));

    auto const cities = counted(desk, desk.province, {.group_by = "region"});
    REQUIRE(cities.size() == 1);
    CHECK(cities[0].key == "3607");
    CHECK(cities[0].total == 3);
    auto const units = counted(desk, desk.county, {.group_by = "unit"});
    REQUIRE(units.size() == 1);
    CHECK(units[0].key == "360731-transport");
    CHECK(units[0].total == 2);
    CHECK(counted(desk, desk.elsewhere, {})[0].total == 0);
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
    auto const trend = trended(desk, desk.county, {}, months);
    REQUIRE(trend.size() == 3);
    using Pair = PartOfWhole;
    CHECK(trend[0] ==
          TrendFigures{{2, 1, 1, 1, 1, 1}, {Pair(1, 1), Pair(1, 1), Pair(1, 1), Pair(0, 1)}});
    CHECK(happened(trend[1], "reported") == 1);
    CHECK(happened(trend[1], "assigned") == 1);
    CHECK(happened(trend[1], "overdue") + happened(trend[2], "overdue") == 1);
    CHECK(happened(trend[2], "reported") == 0);
    CHECK(rate(trend[2].rates, "on_time_rate") == Pair(0, 0));
    CHECK(trended(desk, desk.elsewhere, {}, months)[0] ==
          TrendFigures{std::vector<std::uint64_t>(6), std::vector<Pair>(4)});
    CHECK(happened(trended(desk, desk.county, {.unit = "360731-transport"}, months)[0],
                   "reported") == 1);

    auto const ids = [&](char const* moment, DaySpan days) {
        return listed(desk, desk.county, {.happened = Happened{moment, days}}).ids;
    };
    CHECK(ids("closed", months[0]) == std::vector{closed});
    CHECK(ids("reported", months[1]) == std::vector{late});
    CHECK(ids("closed", months[1]).empty());
    for (auto const* outcome : {"handled", "handled_on_time", "visited", "resolved", "satisfied"})
        CHECK(listed(desk, desk.county, {.mark = {outcome}}).ids == std::vector{closed});
    for (auto const* outcome : {"handled_late", "reworked", "unresolved", "dissatisfied"})
        CHECK(listed(desk, desk.county, {.mark = {outcome}}).ids.empty());
}

TEST_CASE("groups of cities and counties lie wherever the caller sees any") {
    Desk desk;
    (void)desk.report();
    for (auto const& [group_by, key] : {std::pair("city", "3607"), std::pair("county", "360731")}) {
        auto const groups = counted(desk, desk.province, {.group_by = group_by});
        REQUIRE(groups.size() == 1);
        CHECK(groups[0].key == key);
        CHECK(counted(desk, desk.elsewhere, {.group_by = group_by}).empty());
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

TEST_CASE("my work has what waits for me, over all workflows, the earliest due first") {
    Desk desk;
    auto const first = desk.report();
    desk.clock.advance(24h);
    auto const second = desk.report();
    auto const lead = desk.office.engine.execute(
        {.actor = desk.county,
         .workflow = "inspection_lead",
         .instance = "",
         .verb = "register",
         .fields = fields_of({{"title", std::string("暗访线索")},
                              {"description", std::string("路面")},
                              {"region", std::string("360731100")},
                              {"kind", std::string("listed_supervision")},
                              {"channel", std::string("hotline_12345")}})});
    INFO((lead ? "" : lead.error().detail));
    REQUIRE(lead.has_value());
    auto const& index = desk.office.index;
    auto const all = index.work(desk.county, 50, {});
    REQUIRE(all.has_value());
    CHECK(all->page.ids == std::vector{first, second, lead->instance->id});
    CHECK(all->page.total == 3);
    using Counts = std::vector<std::pair<std::string, std::uint64_t>>;
    CHECK(all->by_workflow == Counts{{"problem", 2}, {"inspection_lead", 1}});
    std::vector<std::string> ids;
    for (std::string cursor;;) {
        auto const page = index.work(desk.county, 1, cursor);
        REQUIRE(page.has_value());
        ids.insert(ids.end(), page->page.ids.begin(), page->page.ids.end());
        if (cursor = page->page.next_cursor; cursor.empty()) break;
    }
    CHECK(ids == all->page.ids);
    CHECK(index.work(desk.elsewhere, 50, {})->page.ids.empty());
    CHECK(index.work(desk.county, 0, {}).has_error());
    for (auto const* cursor : {"x", "1", "1.2", "1.x.p"})
        CHECK_MESSAGE(index.work(desk.county, 50, cursor).has_error(), cursor);
}

TEST_CASE("what nobody is named for is seen by the system alone") {
    InstanceIndex index(Rulebook().rules()->workflows);
    Instance nowhere;
    nowhere.id = "p1";
    nowhere.workflow = "problem";
    nowhere.states = {"screening", "on_time", "normal"};
    index.put(nullptr, nowhere.id, index_entry_of(problems, nowhere));
    auto const codes = codes_of(problem().seen_by(nowhere));
    for (auto const& actor : {Desk::person("p", "36", {Role::coordinator}),
                              Desk::person("a", "36", {Role::administrator}), Caller{}}) {
        CHECK_FALSE(index.sees(actor, "problem", "p1"));
        CHECK_FALSE(may_see(actor, problem(), nowhere));
        CHECK_FALSE(may_see_codes(actor, codes));
    }
    CHECK(index.sees(workflows::system_actor(), "problem", "p1"));
    CHECK(may_see_codes(workflows::system_actor(), codes));
}
