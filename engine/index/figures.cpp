// Statistics: cardinalities of intersections of the index's bitmaps, and counts of days in its
// columns.

#include "engine/index/figures.hpp"

#include "engine/index/index_table.hpp"
#include "engine/refusal_codes.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

using Table = InstanceIndex::Table;
using Columns = InstanceIndex::Table::Columns;
using workflows::FieldKind;

/// Returns a rate: the number of rows with both marks, and of rows with the mark of the whole.
PartOfWhole rate_of(Table const& table, Columns const& columns, workflows::RateInfo const& rate,
                    Bitmap const& rows) {
    Bitmap const whole = rows & table.with_mark(columns, rate.whole);
    return {whole.and_cardinality(table.with_mark(columns, rate.part)), whole.cardinality()};
}

Figures figures_of(Table const& table, Columns const& columns, Bitmap const& finished,
                   std::string key, Bitmap const& rows) {
    auto const& workflow = columns.workflow();
    auto const facets = workflow.facets();
    Figures figures;
    figures.key = std::move(key);
    figures.total = rows.cardinality();
    for (auto const& state : workflow.states()) {
        if (state.region != 0) continue;
        auto const& in_state = table.rows(columns.attributes.state(0), state.name);
        auto const count = rows.and_cardinality(in_state);
        if (count == 0) continue;
        figures.by_state[std::string(state.name)] = count;
        figures.by_stage[std::string(state.stage)] += count;
    }
    Bitmap const in_hand = rows - finished;
    for (auto const& [light, shown] : table.values(columns.attributes.state(1)))
        figures.by_light[std::string(light)] = in_hand.and_cardinality(*shown);
    for (auto const& rate : facets.rates)
        figures.rates.push_back(rate_of(table, columns, rate, rows));
    if (facets.numbers.empty()) return figures;
    auto const all = numbers_of(rows);
    for (auto const& column : columns.numbers) {
        auto& sum = figures.sums.emplace_back(0);
        for (Row const row : all) sum += column[table.place_in_columns[row]];
    }
    return figures;
}

using Group = std::pair<std::string, Bitmap>;

std::vector<Group> by_values(Table const& table, Attribute attribute, Bitmap const& rows) {
    std::vector<Group> groups;
    for (auto const& [value, holders] : table.values(attribute))
        groups.emplace_back(value, rows & *holders);
    return groups;
}

/// Returns one group for every region of a level.
std::vector<Group> by_level(Table const& table, Attribute attribute, Level level,
                            Bitmap const& rows) {
    std::vector<Group> groups;
    for (auto const& [code, inside] : table.values(attribute))
        if (auto const region = Region::from(code); region && region->level() == level)
            groups.emplace_back(code, rows & *inside);
    return groups;
}

/// Returns one group for each region directly below, and one for the rest of the region itself.
std::vector<Group> by_children(Table const& table, Attribute attribute, std::string const& code,
                               Bitmap const& rows) {
    auto const parent = Region::from(code);
    if (parent && parent->level() == Level::township) return {{code, rows}};
    std::vector<Group> groups;
    Bitmap own = rows;
    for (auto const& [below, inside] : table.values(attribute, code)) {
        auto const region = Region::from(below);
        if (!region || region->above() != parent) continue;
        groups.emplace_back(below, rows & *inside);
        own -= *inside;
    }
    groups.insert(groups.begin(), Group(code, std::move(own)));
    return groups;
}

/// Kind of grouping of figures: by the values of a tag, or by regions.
struct Grouping {
    std::size_t tag = 0;
    bool by_children = false;
    std::optional<Level> level{};
};

std::optional<std::size_t> first_tag(Workflow const& workflow, auto fits) {
    auto const tags = workflow.facets().tags;
    for (std::size_t i = 0; i < tags.size(); ++i)
        if (fits(tags[i])) return i;
    return std::nullopt;
}

std::optional<Grouping> grouping_named(Workflow const& workflow, std::string_view name) {
    auto const tags = workflow.facets().tags;
    if (auto const tag = position_of(tags, name))
        return Grouping{.tag = *tag, .by_children = tags[*tag].kind == FieldKind::region};
    if (name == "unit") {
        auto const tag = first_tag(workflow, [](auto const& one) { return one.of_handling_unit; });
        return tag ? std::optional(Grouping{.tag = *tag}) : std::nullopt;
    }
    auto const level = workflows::level_named(name);
    auto const tag =
        first_tag(workflow, [](auto const& one) { return one.kind == FieldKind::region; });
    if (!level || !tag) return std::nullopt;
    return Grouping{.tag = *tag, .level = level};
}

std::vector<Group> groups_of(Table const& table, Columns const& columns, Grouping const& grouping,
                             std::string const& region, Bitmap const& rows) {
    auto const attribute = columns.attributes.tag(grouping.tag);
    if (grouping.by_children) return by_children(table, attribute, region, rows);
    if (grouping.level) return by_level(table, attribute, *grouping.level, rows);
    return by_values(table, attribute, rows);
}

Refusal unknown(std::string_view field, std::string_view value) {
    auto detail = "There is no " + std::string(field) + " '" + std::string(value) + "'.";
    return {"invalid_query"_code,
            "The figures cannot be made. " + detail,
            "Correct the parameter listed in \"errors\".",
            {{std::string(field), "unknown_value"_code, std::move(detail)}}};
}

/// Returns the columns of the query's workflow. Refuses if the workflow or a tag in the query is
/// unknown.
Outcome<Columns const*> columns_of(Table const& table, StatisticsQuery const& query) {
    auto const* const columns =
        query.workflow.empty() ? table.columns.data() : table.columns_of(query.workflow);
    if (columns == nullptr) return unknown("workflow", query.workflow);
    for (auto const& [name, values] : query.where)
        if (!position_of(columns->workflow().facets().tags, name)) return unknown("tag", name);
    return columns;
}

/// Counter of the moments that fall in each of the periods.
class PeriodCounter {
public:
    PeriodCounter(Table const& table, Columns const& columns, std::vector<DaySpan> const& periods)
        : table_(table), columns_(columns), count_(periods.size()) {
        if (periods.empty()) return;
        days_ = {periods.front().first, periods.back().last};
        for (std::size_t i = 0; i < periods.size(); ++i)
            while (days_.first + period_of_day_.size() <= periods[i].last)
                period_of_day_.push_back(i);
    }
    [[nodiscard]] std::vector<std::uint64_t> operator()(std::vector<Row> const& rows,
                                                        std::size_t moment) const {
        std::vector<std::uint64_t> counts(count_);
        auto const& column = columns_.days[moment];
        for (Row const row : rows) {
            auto const day = column[table_.place_in_columns[row]];
            if (days_.contains(day)) ++counts[period_of_day_[day - days_.first]];
        }
        return counts;
    }

private:
    Table const& table_;
    Columns const& columns_;
    std::size_t count_;
    DaySpan days_{};
    std::vector<std::size_t> period_of_day_; // by day, from the first one
};

} // namespace

Bitmap Table::counted(Actor const& actor, Columns const& of, StatisticsQuery const& query) const {
    Bitmap found = visible(actor, of);
    found -= private_ones(of);
    for (auto const& [name, values] : query.where)
        if (!values.empty()) found &= tagged(of, name, values);
    if (!query.unit.empty()) found &= handled_by(of, query.unit);
    return found;
}

Outcome<std::vector<Figures>> InstanceIndex::statistics(Actor const& actor,
                                                        StatisticsQuery const& query) const {
    auto const found = columns_of(*table_, query);
    if (!found) return found.error();
    Columns const& columns = **found;
    auto const grouping = grouping_named(columns.workflow(), query.group_by);
    if (!query.group_by.empty() && !grouping) return unknown("group_by", query.group_by);

    std::shared_lock const lock(table_->mutex);
    auto const finished = table_->finished(columns);
    auto const counted = table_->counted(actor, columns, query);
    std::vector<Figures> figures;
    if (!grouping) {
        figures.push_back(figures_of(*table_, columns, finished, "", counted));
        return figures;
    }
    // Without a region in the query, groups begin at the actor's region.
    std::string region = actor.region;
    auto const& tag = columns.workflow().facets().tags[grouping->tag];
    if (auto const asked = query.where.find(tag.name);
        asked != query.where.end() && !asked->second.empty())
        region = asked->second.front();
    for (auto& [key, group] : groups_of(*table_, columns, *grouping, region, counted))
        if (!group.isEmpty())
            figures.push_back(figures_of(*table_, columns, finished, std::move(key), group));
    return figures;
}

Outcome<std::vector<TrendFigures>> InstanceIndex::trend(Actor const& actor,
                                                        StatisticsQuery const& query,
                                                        std::vector<DaySpan> const& periods) const {
    auto const found = columns_of(*table_, query);
    if (!found) return found.error();
    Columns const& columns = **found;
    auto const facets = columns.workflow().facets();

    std::shared_lock const lock(table_->mutex);
    Bitmap const counted = table_->counted(actor, columns, query);
    auto const rows = numbers_of(counted);
    PeriodCounter const count(*table_, columns, periods);
    std::vector<TrendFigures> figures(periods.size());
    for (std::size_t moment = 0; moment < facets.moments.size(); ++moment) {
        auto const counts = count(rows, moment);
        for (std::size_t i = 0; i < periods.size(); ++i) figures[i].moments.push_back(counts[i]);
    }
    // Counted once for each whole, since several rates may share it.
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::uint64_t>> wholes;
    for (auto const& rate : facets.rates) {
        auto const moment = position_of(facets.moments, rate.moment).value();
        auto const with = [&](std::string_view mark, Bitmap const& among) {
            return count(numbers_of(among & table_->with_mark(columns, mark)), moment);
        };
        Bitmap const whole = counted & table_->with_mark(columns, rate.whole);
        std::pair const key(rate.whole, rate.moment);
        if (!wholes.contains(key)) wholes.emplace(key, with(rate.whole, counted));
        auto const parts = with(rate.part, whole);
        auto const& all = wholes.at(key);
        for (std::size_t i = 0; i < periods.size(); ++i)
            figures[i].rates.emplace_back(parts[i], all[i]);
    }
    return figures;
}

} // namespace banjie::engine
