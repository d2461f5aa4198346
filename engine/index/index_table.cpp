#include "engine/index/index_table.hpp"

#include "engine/invariant.hpp"

#include <algorithm>

namespace banjie::engine {

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

void InstanceIndex::Table::put(std::string_view id, IndexEntry const* before,
                               IndexEntry const& entry) {
    auto const known = ids.find(id);
    if (known.has_value() != (before != nullptr))
        broken("the index is told of a change that does not follow: " + std::string(id));
    if (!known) {
        (void)ids.add(short_id(id));
        updated_ms.push_back(never_ms);
        due_ms.push_back(never_ms);
        for (auto& column : days) column.push_back(0);
    }
    auto const row = known.value_or(static_cast<Row>(ids.size() - 1));

    std::vector<Term> was, is;
    if (before != nullptr) terms.add_all(*before, &entry, was);
    terms.add_all(entry, before, is);
    bitmaps.resize(terms.size());
    auto const each_missing = [](auto const& from, auto const& in, auto act) {
        for (auto const one : from)
            if (std::find(in.begin(), in.end(), one) == in.end()) act(one);
    };
    each_missing(was, is, [&](auto gone) { bitmaps[gone].remove(row); });
    each_missing(is, was, [&](auto added) { bitmaps[added].add(row); });

    auto const move = [row, &known](Order& order, std::int64_t from_ms, std::int64_t to_ms) {
        if (known && from_ms == to_ms) return;
        if (known) order.erase(Place(from_ms, row));
        order.insert(Place(to_ms, row));
    };
    move(by_updated, updated_ms[row], ms_of(entry.updated));
    move(by_due, due_ms[row], ms_of(entry.due));
    updated_ms[row] = ms_of(entry.updated);
    due_ms[row] = ms_of(entry.due);
    for (std::size_t i = 0; i < days.size(); ++i) days[i][row] = entry.days[i];
    if (before != nullptr && before->wake) by_wake.erase(Place(ms_of(before->wake), row));
    if (entry.wake) by_wake.insert(Place(ms_of(entry.wake), row));
    if (before == nullptr || before->title != entry.title) titles.put(row, entry.title);
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

Bitmap InstanceIndex::Table::visible(Actor const& actor, std::string_view workflow) const {
    Reach const reach = reach_of(actor);
    Bitmap const& all = rows(Attribute::workflow, workflow);
    if (reach.everything || workflow == "round") return all;
    Bitmap seen;
    if (reach.whole_region) seen |= rows(Attribute::below, reach.region);
    seen |= rows(Attribute::lead_unit, reach.organisation);
    seen |= rows(Attribute::co_handler, reach.organisation);
    for (auto const* unsubmitted : {"draft", "discarded"})
        seen -= rows(Attribute::state, state_key(workflow, unsubmitted));
    seen |= rows(Attribute::reporting_unit, reach.organisation);
    return seen &= all;
}

bool InstanceIndex::Table::sees(Actor const& actor, std::string_view workflow, Row row) const {
    Reach const reach = reach_of(actor);
    auto const has = [this, row](Attribute attribute, std::string_view value) {
        return rows(attribute, value).contains(row);
    };
    bool const is_there = has(Attribute::workflow, workflow);
    if (reach.everything) return is_there;
    bool const is_below = has(Attribute::below, reach.region);
    bool const leads = has(Attribute::lead_unit, reach.organisation);
    bool const co_handles = has(Attribute::co_handler, reach.organisation);
    bool const reports = has(Attribute::reporting_unit, reach.organisation);
    bool const is_draft = has(Attribute::state, state_key(workflow, "draft"));
    bool const is_discarded = has(Attribute::state, state_key(workflow, "discarded"));
    bool const is_submitted = !is_draft && !is_discarded;
    bool const sees = (reach.whole_region && is_below) || leads || co_handles;
    return is_there && (workflow == "round" || reports || (is_submitted && sees));
}

Bitmap InstanceIndex::Table::finished(Workflow const& workflow) const {
    Bitmap found;
    for (auto const& state : workflow.states())
        if (state.region == 0 && state.final)
            found |= rows(Attribute::state, state_key(workflow.name(), state.name));
    return found;
}

Bitmap InstanceIndex::Table::with_outcome(std::string_view name) const {
    auto const* const outcome = std::find_if(std::begin(outcomes), std::end(outcomes),
                                             [name](auto const& one) { return one.name == name; });
    if (outcome == std::end(outcomes)) return {};
    Bitmap found = rows(Attribute::workflow, "problem");
    for (auto bit = IndexEntry::handled; bit <= IndexEntry::reworked; bit <<= 1U) {
        auto const& marked = rows(Attribute::history, std::to_string(bit));
        if (outcome->with & bit) found &= marked;
        if (outcome->without & bit) found -= marked;
    }
    return found;
}

Bitmap InstanceIndex::Table::happened(Bitmap const& rows, Happened const& when) const {
    auto const& column = days[static_cast<std::size_t>(when.moment)];
    std::vector<Row> found;
    for (Row const row : numbers_of(rows))
        if (when.days.contains(column[row])) found.push_back(row);
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
    return found;
}

Places InstanceIndex::Table::page(Bitmap const& rows, Sort sort, bool descending,
                                  std::optional<Place> after, std::size_t count) const {
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
