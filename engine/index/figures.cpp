// Statistics: counts of intersections of the index's bitmaps, and of days in its columns.

#include "engine/index/figures.hpp"

#include "engine/index/index_table.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

using Table = InstanceIndex::Table;

Figures figures_of(Table const& table, Workflow const& workflow, Bitmap const& finished,
                   std::string key, Bitmap const& rows) {
    Figures figures;
    figures.key = std::move(key);
    figures.total = rows.cardinality();
    for (auto const& state : workflow.states()) {
        if (state.region != 0) continue;
        auto const& in_state = table.rows(Attribute::state, state_key(workflow.name(), state.name));
        auto const count = rows.and_cardinality(in_state);
        if (count == 0) continue;
        figures.by_state[std::string(state.name)] = count;
        figures.by_stage[std::string(state.stage)] += count;
    }
    Bitmap const in_hand = rows - finished;
    for (auto const& [light, shown] : table.values(Attribute::light, ""))
        figures.by_light[std::string(light)] = in_hand.and_cardinality(*shown);
    auto const past = [&table](std::uint64_t bit) -> Bitmap const& {
        return table.rows(Attribute::history, std::to_string(bit));
    };
    Bitmap const handled = rows & past(IndexEntry::handled);
    Bitmap const visited = rows & past(IndexEntry::visited);
    auto const whole = handled.cardinality();
    figures.on_time = {whole - handled.and_cardinality(past(IndexEntry::late)), whole};
    figures.rework = {handled.and_cardinality(past(IndexEntry::reworked)), whole};
    figures.resolution = {visited.and_cardinality(past(IndexEntry::resolved)),
                          visited.cardinality()};
    figures.satisfaction = {visited.and_cardinality(past(IndexEntry::satisfied)),
                            visited.cardinality()};
    return figures;
}

using Group = std::pair<std::string, Bitmap>;

std::vector<Group> by_values(Table const& table, Attribute attribute, Bitmap const& rows) {
    std::vector<Group> groups;
    for (auto const& [value, holders] : table.values(attribute, ""))
        groups.emplace_back(value, rows & *holders);
    return groups;
}

/// Every region of a level: codes of so many digits.
std::vector<Group> by_level(Table const& table, std::size_t digits, Bitmap const& rows) {
    std::vector<Group> groups;
    for (auto const& [code, inside] : table.values(Attribute::below, ""))
        if (code.size() == digits) groups.emplace_back(code, rows & *inside);
    return groups;
}

/// The regions right below, and what lies in the region itself.
std::vector<Group> by_children(Table const& table, std::string const& region, Bitmap const& rows) {
    constexpr std::size_t digits[] = {0, 2, 4, 6, 9};
    auto const* const below = std::upper_bound(std::begin(digits), std::end(digits), region.size());
    if (below == std::end(digits)) return {{region, rows}};
    std::vector<Group> groups;
    Bitmap own = rows;
    for (auto const& [code, inside] : table.values(Attribute::below, region)) {
        if (code.size() != *below) continue;
        groups.emplace_back(code, rows & *inside);
        own -= *inside;
    }
    groups.insert(groups.begin(), Group(region, std::move(own)));
    return groups;
}

std::vector<Group> groups_of(Table const& table, StatisticsQuery const& query,
                             std::string const& region, Bitmap rows) {
    switch (query.group_by) {
    case GroupBy::none:
        break;
    case GroupBy::round:
        return by_values(table, Attribute::round, rows);
    case GroupBy::region:
        return by_children(table, region, rows);
    case GroupBy::city:
        return by_level(table, 4, rows);
    case GroupBy::county:
        return by_level(table, 6, rows);
    case GroupBy::unit:
        return by_values(table, Attribute::lead_unit, rows);
    }
    return {{"", std::move(rows)}};
}

/// Counts what happened in each of the periods.
class PeriodCounter {
public:
    PeriodCounter(Table const& table, std::vector<DaySpan> const& periods)
        : table_(table), count_(periods.size()) {
        if (periods.empty()) return;
        days_ = {periods.front().first, periods.back().last};
        for (std::size_t i = 0; i < periods.size(); ++i)
            while (days_.first + period_of_day_.size() <= periods[i].last)
                period_of_day_.push_back(i);
    }
    [[nodiscard]] std::vector<std::uint64_t> operator()(std::vector<Row> const& rows,
                                                        Moment moment) const {
        std::vector<std::uint64_t> counts(count_);
        auto const& column = table_.days[static_cast<std::size_t>(moment)];
        for (Row const row : rows)
            if (days_.contains(column[row])) ++counts[period_of_day_[column[row] - days_.first]];
        return counts;
    }

private:
    Table const& table_;
    std::size_t count_;
    DaySpan days_{};
    std::vector<std::size_t> period_of_day_; // from the first day on
};

} // namespace

Bitmap Table::counted(Actor const& actor, StatisticsQuery const& query) const {
    Bitmap found = visible(actor, "problem");
    for (auto const* unsubmitted : {"draft", "discarded"})
        found -= rows(Attribute::state, state_key("problem", unsubmitted));
    if (query.round) found &= rows(Attribute::round, std::to_string(*query.round));
    if (!query.region.empty()) found &= rows(Attribute::below, query.region);
    if (!query.unit.empty())
        found &= rows(Attribute::lead_unit, query.unit) | rows(Attribute::co_handler, query.unit);
    return found;
}

std::vector<Figures> InstanceIndex::statistics(Actor const& actor,
                                               StatisticsQuery const& query) const {
    std::shared_lock const lock(table_->mutex);
    auto const& workflow = *find_workflow("problem");
    auto const finished = table_->finished(workflow);
    std::string const region = query.region.empty() ? actor.region : query.region;
    std::vector<Figures> figures;
    for (auto& [key, group] : groups_of(*table_, query, region, table_->counted(actor, query)))
        if (query.group_by == GroupBy::none || !group.isEmpty())
            figures.push_back(figures_of(*table_, workflow, finished, std::move(key), group));
    return figures;
}

std::vector<TrendFigures> InstanceIndex::trend(Actor const& actor, StatisticsQuery const& query,
                                               std::vector<DaySpan> const& periods) const {
    std::shared_lock const lock(table_->mutex);
    Bitmap const counted = table_->counted(actor, query);
    auto const rows = numbers_of(counted);
    PeriodCounter const count(*table_, periods);
    auto const with = [&](std::string_view outcome, Moment moment) {
        return count(numbers_of(counted & table_->with_outcome(outcome)), moment);
    };
    auto const reported = count(rows, Moment::reported), assigned = count(rows, Moment::assigned);
    auto const overdue = count(rows, Moment::overdue), closed = count(rows, Moment::closed);
    auto const handled = with("handled", Moment::handled);
    auto const on_time = with("handled_on_time", Moment::handled);
    auto const reworked = with("reworked", Moment::handled);
    auto const visited = with("visited", Moment::visited);
    auto const resolved = with("resolved", Moment::visited);
    auto const satisfied = with("satisfied", Moment::visited);
    std::vector<TrendFigures> figures;
    for (std::size_t i = 0; i < periods.size(); ++i)
        figures.push_back({.reported = reported[i],
                           .assigned = assigned[i],
                           .overdue = overdue[i],
                           .closed = closed[i],
                           .on_time = {on_time[i], handled[i]},
                           .resolution = {resolved[i], visited[i]},
                           .satisfaction = {satisfied[i], visited[i]},
                           .rework = {reworked[i], handled[i]}});
    return figures;
}

} // namespace banjie::engine
