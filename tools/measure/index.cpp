#include "engine/index_entry.hpp"
#include "engine/instance_index.hpp"
#include "tools/measure/measure.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>

namespace banjie::measure {

namespace {

/// Milliseconds that each of some calls took, the slowest last.
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

std::string entry_of(std::size_t i) {
    using namespace banjie::engine;
    constexpr std::string_view states[] = {"screening", "awaiting_dispatch", "handling",
                                           "awaiting_visit", "closed"};
    constexpr std::string_view lights[] = {"on_time", "due_soon", "overdue"};
    std::string const region = "36" + std::to_string(1'000'000 + i * 7919 % 1'500'000);
    std::string const unit = "36-unit-" + std::to_string(i % 30);
    std::string const title = "第" + std::to_string(i) + "号难题：通村公路尚未硬化";
    IndexEntry entry;
    entry.workflow = "problem";
    entry.state = states[i % 5];
    entry.light = lights[i % 7 % 3];
    entry.supervision = "normal";
    entry.category = "transport";
    entry.source = "reported";
    entry.region = entry.reporting_unit = region;
    entry.lead_unit = unit;
    entry.title = title;
    entry.round = static_cast<std::int64_t>(i / 100'000);
    entry.created = Time(std::chrono::milliseconds(1'000 * i));
    entry.updated = Time(std::chrono::milliseconds(1'000 * i + i * 31 % 977));
    entry.due = Time(std::chrono::milliseconds(1'000 * (i * 7919 % 1'000'003)));
    if (i % 5 != 4) entry.wake = *entry.due;
    return encode(entry);
}

} // namespace

int index(std::size_t count) {
    using namespace banjie::engine;
    InstanceIndex index;
    auto const began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < count; ++i)
        if (!index.load("p" + std::to_string(1'000'000'000 + i), entry_of(i))) return 1;
    std::cout << count << " entries loaded in "
              << std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count()
              << " s\n";
    Actor province;
    province.organisation = province.region = "36";
    province.level = Level::province;
    province.roles = {Role::coordinator};
    auto const show = [&](char const* what, ListQuery query) {
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
    show("one unit, overdue", {.light = {"overdue"}, .unit = "36-unit-7"});
    show("one round and region", {.round = 3, .region = "3610"});
    show("words", {.q = "123456号"});
    auto const [middle, slowest] = middle_and_slowest(
        [&](int) { (void)index.statistics(province, {.group_by = GroupBy::unit}); });
    std::cout << "statistics by unit: " << middle << " ms, slowest " << slowest << " ms\n";
    return 0;
}

} // namespace banjie::measure
