// Statistics: counts of intersections of the index's bitmaps.

#include "engine/index_table.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

using Table = InstanceIndex::Table;

Figures figures_of(Table const& table, Workflow const& workflow, std::string key,
                   Bitmap const& rows) {
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
    Bitmap const in_hand = rows - table.finished(workflow);
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
    case GroupBy::unit:
        return by_values(table, Attribute::lead_unit, rows);
    }
    return {{"", std::move(rows)}};
}

} // namespace

std::vector<Figures> InstanceIndex::statistics(Actor const& actor,
                                               StatisticsQuery const& query) const {
    constexpr std::string_view name = "problem";
    std::shared_lock const lock(table_->mutex);
    auto const& workflow = *find_workflow(name);
    Bitmap rows = table_->visible(actor, name);
    rows -= table_->rows(Attribute::state, state_key(name, "draft"));
    rows -= table_->rows(Attribute::state, state_key(name, "discarded"));
    if (query.round) rows &= table_->rows(Attribute::round, std::to_string(*query.round));
    if (!query.region.empty()) rows &= table_->rows(Attribute::below, query.region);
    if (!query.unit.empty())
        rows &= table_->rows(Attribute::lead_unit, query.unit) |
                table_->rows(Attribute::co_handler, query.unit);
    std::string const region = query.region.empty() ? actor.region : query.region;
    std::vector<Figures> figures;
    for (auto& [key, group] : groups_of(*table_, query, region, std::move(rows)))
        if (query.group_by == GroupBy::none || !group.isEmpty())
            figures.push_back(figures_of(*table_, workflow, std::move(key), group));
    return figures;
}

} // namespace banjie::engine
