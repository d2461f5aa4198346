#include "engine/index/instance_index.hpp"
#include "engine/rules/rulebook.hpp"
#include "storage/rocksdb_store.hpp"
#include "tools/measure/measure.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

namespace banjie::measure {

namespace {

/// Returns the median and the longest time of 101 calls, in milliseconds.
template <class Call>
std::pair<double, double> middle_and_slowest(Call call) {
    std::vector<double> took;
    for (int i = 0; i < 101; ++i) {
        auto const began = std::chrono::steady_clock::now();
        call(i);
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
                .count());
    }
    std::sort(took.begin(), took.end());
    return {took[took.size() / 2], took.back()};
}

} // namespace

int index(std::string const& folder) {
    using namespace engine;
    using namespace std::chrono;
    storage::RocksdbOptions options;
    options.directory = folder;
    options.create_if_missing = false;
    auto began = steady_clock::now();
    auto const took_s = [&began] { return duration<double>(steady_clock::now() - began).count(); };
    auto const store = storage::open_rocksdb_store(options);
    if (!store) {
        std::cerr << store.error().detail << "\n";
        return 1;
    }
    std::cout << "the store opened in " << took_s() << " s\n";
    InstanceIndex index(Rulebook().rules()->workflows);
    began = steady_clock::now();
    if (!index.load(**store, std::thread::hardware_concurrency())) return 1;
    std::cout << index.size() << " entries loaded in " << took_s() << " s\n";
    Actor province;
    province.organisation = province.region = "36";
    province.level = Level::province;
    province.roles = {Role::coordinator};
    auto const show = [&](char const* what, ListQuery query) {
        query.workflow = "problem";
        std::string cursor;
        auto const [middle, slowest] = middle_and_slowest([&](int) {
            query.cursor = cursor;
            auto const page = index.list(province, query);
            cursor = page ? page->next_cursor : "";
        });
        std::cout << what << ": " << middle << " ms, slowest " << slowest << " ms\n";
    };
    show("newest, page after page", {});
    show("one stage, by due date", {.stage = {"resolve"}, .sort = Sort::due});
    show("one unit, overdue", {.where = {{"light", {"overdue"}}}, .unit = "360731-transport"});
    show("one round and region", {.where = {{"round", {"4"}}, {"region", {"3607"}}}});
    show("a part of the province, by change, oldest first",
         {.where = {{"region", {"3607"}}}, .sort = Sort::updated, .descending = false});
    show("handled late", {.mark = {"handled_late"}});
    show("closed in a month",
         {.happened = Happened{"closed", period_of(Every::month, Day{20'759})}});
    show("words of five characters and more", {.q = "第123456件"});
    show("words of two characters", {.q = "道路"});
    show("words of two characters, in one city", {.where = {{"region", {"3607"}}}, .q = "道路"});
    auto const [middle, slowest] =
        middle_and_slowest([&](int) { (void)index.statistics(province, {.group_by = "unit"}); });
    std::cout << "statistics by unit: " << middle << " ms, slowest " << slowest << " ms\n";
    std::vector<DaySpan> months{period_of(Every::month, day_named("2026-12-01").value_or(1))};
    while (months.size() < 12)
        months.insert(months.begin(),
                      period_of(Every::month, static_cast<Day>(months.front().first - 1)));
    auto const [trend, slowest_trend] =
        middle_and_slowest([&](int) { (void)index.trend(province, {}, months); });
    std::cout << "trend of twelve months: " << trend << " ms, slowest " << slowest_trend << " ms\n";
    return 0;
}

} // namespace banjie::measure
