#include "engine/index/index_table.hpp"

#include "engine/invariant.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

Attribute attribute_of(Sight sight) {
    switch (sight) {
    case Sight::region:
        return Attribute::seen_by_region;
    case Sight::unit:
        return Attribute::seen_by_unit;
    case Sight::person:
        return Attribute::seen_by_person;
    case Sight::everybody:
    case Sight::everyone:
        break;
    }
    return Attribute::seen_by_everybody;
}

} // namespace

ShortId short_id(std::string_view id) {
    ShortId out{};
    if (id.size() > out.size()) broken("an id of more than 16 bytes: " + std::string(id));
    std::copy(id.begin(), id.end(), out.begin());
    return out;
}

std::string_view text_of(ShortId const& id) {
    return {id.data(),
            static_cast<std::size_t>(std::find(id.begin(), id.end(), '\0') - id.begin())};
}

std::vector<Row> numbers_of(Bitmap const& rows) {
    std::vector<Row> numbers(rows.cardinality());
    if (!numbers.empty()) rows.toUint32Array(numbers.data());
    return numbers;
}

std::int64_t ms_of(std::optional<Time> time) {
    return time ? std::max<std::int64_t>(time->time_since_epoch().count(), 0) : never_ms;
}

InstanceIndex::Table::Table(Workflows const& workflows) {
    for (auto const& indexed : workflows) {
        auto const facets = indexed.workflow->facets();
        if (facets.tags.size() > limits::tags)
            broken("too many tags: " + std::string(indexed.workflow->name()));
        columns.push_back(
            {.indexed = indexed,
             .attributes = AttributesOf(columns.size()),
             .days = std::vector<std::vector<Day>>(facets.moments.size()),
             .numbers = std::vector<std::vector<std::int64_t>>(facets.numbers.size())});
    }
}

void InstanceIndex::Table::Columns::add_row() {
    for (auto& column : days) column.push_back(0);
    for (auto& column : numbers) column.push_back(0);
    ++size;
}

void InstanceIndex::Table::Columns::set(std::uint32_t place, IndexEntry const& entry) {
    for (std::size_t i = 0; i < std::min(days.size(), entry.days.size()); ++i)
        days[i][place] = entry.days[i];
    for (std::size_t i = 0; i < std::min(numbers.size(), entry.numbers.size()); ++i)
        numbers[i][place] = entry.numbers[i].value_or(0);
}

InstanceIndex::Table::Columns const*
InstanceIndex::Table::columns_of(std::string_view workflow) const {
    for (auto const& one : columns)
        if (one.workflow().name() == workflow) return &one;
    return nullptr;
}

void InstanceIndex::Table::put(std::string_view id, IndexEntry const* before,
                               IndexEntry const& entry) {
    auto const known = ids.find(id);
    if (known.has_value() != (before != nullptr))
        broken("put() was called with a previous entry that does not match the index: " +
               std::string(id));
    auto const* const found = columns_of(entry.workflow);
    if (found == nullptr) broken("an instance of an unknown workflow: " + std::string(id));
    auto& own = columns[static_cast<std::size_t>(found - columns.data())];
    if (!known) {
        (void)ids.add(short_id(id));
        updated_ms.push_back(never_ms);
        due_ms.push_back(never_ms);
        place_in_columns.push_back(own.size);
        own.add_row();
    }
    auto const row = known.value_or(static_cast<Row>(ids.size() - 1));

    std::vector<Term> was, is;
    if (before != nullptr) terms.add_all(own.terms(), *before, &entry, was);
    terms.add_all(own.terms(), entry, before, is);
    bitmaps.resize(terms.size());
    auto const each_missing = [](auto const& from, auto const& in, auto act) {
        for (auto const one : from)
            if (!std::binary_search(in.begin(), in.end(), one)) act(one);
    };
    each_missing(was, is, [&](auto gone) { bitmaps[gone].remove(row); });
    each_missing(is, was, [&](auto added) { bitmaps[added].add(row); });

    auto const move = [row, &known](Order& order, std::int64_t from_ms, std::int64_t to_ms) {
        if (known && from_ms == to_ms) return;
        if (known) order.erase(Spot(from_ms, row));
        order.insert(Spot(to_ms, row));
    };
    move(by_updated, updated_ms[row], ms_of(entry.updated));
    move(by_due, due_ms[row], ms_of(entry.due));
    updated_ms[row] = ms_of(entry.updated);
    due_ms[row] = ms_of(entry.due);
    own.set(place_in_columns[row], entry);
    if (before != nullptr && before->wake) by_wake.erase(Spot(ms_of(before->wake), row));
    if (entry.wake) by_wake.insert(Spot(ms_of(entry.wake), row));
    if (before == nullptr || before->title != entry.title) titles.put(row, entry.title);
    static_cast<void>(numbers.put(row, entry.number));
}

Bitmap const& InstanceIndex::Table::rows(Attribute attribute, std::string_view value) const {
    static Bitmap const none;
    auto const term = terms.find(attribute, value);
    return term ? bitmaps[*term] : none;
}

std::vector<std::pair<std::string_view, Bitmap const*>>
InstanceIndex::Table::values(Attribute attribute, std::string_view prefix) const {
    std::vector<std::pair<std::string_view, Bitmap const*>> found;
    for (Term const term : terms.beginning(attribute, prefix))
        found.emplace_back(terms.name_of(term).value, &bitmaps[term]);
    return found;
}

Bitmap InstanceIndex::Table::visible(Actor const& actor) const {
    Bitmap seen;
    if (sees_everything(actor)) {
        seen.addRange(0, ids.size());
        return seen;
    }
    for (auto const& held : places_of(actor)) seen |= rows(attribute_of(held.sight), held.code);
    return seen;
}

Bitmap InstanceIndex::Table::visible(Actor const& actor, Columns const& of) const {
    Bitmap const& all = rows(of.attributes.all());
    if (sees_everything(actor)) return all;
    Bitmap seen = visible(actor);
    return seen &= all;
}

bool InstanceIndex::Table::sees(Actor const& actor, Row row) const {
    if (sees_everything(actor)) return row < ids.size();
    bool seen = false;
    for (auto const& held : places_of(actor)) {
        bool const here = rows(attribute_of(held.sight), held.code).contains(row);
        seen = seen || here;
    }
    return seen;
}

bool InstanceIndex::Table::sees(Actor const& actor, Columns const& of, Row row) const {
    bool const is_there = rows(of.attributes.all()).contains(row);
    bool const is_seen = sees(actor, row);
    return is_there && is_seen;
}

Bitmap InstanceIndex::Table::in_states(Columns const& of, bool StateInfo::*kind) const {
    Bitmap found;
    for (auto const& state : of.workflow().states())
        if (state.region == 0 && state.*kind) found |= rows(of.attributes.state(0), state.name);
    return found;
}

Bitmap InstanceIndex::Table::finished(Columns const& of) const {
    return in_states(of, &StateInfo::final);
}

Bitmap InstanceIndex::Table::private_ones(Columns const& of) const {
    return in_states(of, &StateInfo::is_private);
}

Bitmap const& InstanceIndex::Table::with_mark(Columns const& of, std::string_view name) const {
    return rows(of.attributes.mark(), name);
}

Bitmap InstanceIndex::Table::handled_by(Columns const& of, std::string_view unit) const {
    Bitmap found;
    auto const tags = of.workflow().facets().tags;
    for (std::size_t i = 0; i < tags.size(); ++i)
        if (tags[i].of_handling_unit) found |= rows(of.attributes.tag(i), unit);
    return found;
}

Bitmap InstanceIndex::Table::tagged(Columns const& of, std::string_view tag,
                                    Texts const& values) const {
    Bitmap found;
    if (auto const position = position_of(of.workflow().facets().tags, tag))
        for (auto const& value : values) found |= rows(of.attributes.tag(*position), value);
    return found;
}

Bitmap InstanceIndex::Table::happened(Columns const& of, Bitmap const& rows, std::size_t moment,
                                      DaySpan span) const {
    auto const& column = of.days[moment];
    std::vector<Row> found;
    for (Row const row : numbers_of(rows))
        if (span.contains(column[place_in_columns[row]])) found.push_back(row);
    return Bitmap(found.size(), found.data());
}

Bitmap InstanceIndex::Table::narrow_by_words(Bitmap const& rows, std::string_view id,
                                             Texts const& words) const {
    Bitmap found;
    auto const total = rows.cardinality();
    std::vector<Row> newest(std::min<std::uint64_t>(total, limits::searched_titles));
    rows.rangeUint32Array(newest.data(), total - newest.size(), newest.size());
    Titles::Search const search(words);
    for (Row const row : newest)
        if (search.fits(titles, row)) found.add(row);
    if (auto const row = ids.find(id); row && rows.contains(*row)) found.add(*row);
    if (auto const row = numbers.find(id); row && rows.contains(*row)) found.add(*row);
    for (Row const row : numbers.ending_with(id, limits::numbers_found))
        if (rows.contains(row)) found.add(row);
    return found;
}

Spots InstanceIndex::Table::page(Bitmap const& rows, Sort sort, bool descending,
                                 std::optional<Spot> after, std::size_t count) const {
    switch (sort) {
    case Sort::created:
        return page_by_number(rows, descending, after, count);
    case Sort::updated:
        return page_by_time(by_updated, updated_ms, rows, descending, after, count);
    case Sort::due:
        return page_by_time(by_due, due_ms, rows, descending, after, count);
    }
    broken("a list is asked for in no order that there is");
}

} // namespace banjie::engine
