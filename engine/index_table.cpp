#include "engine/index_table.hpp"

#include "engine/characters.hpp"
#include "engine/invariant.hpp"

#include <algorithm>
#include <limits>

namespace banjie::engine {

namespace {

constexpr auto never = std::numeric_limits<std::int64_t>::max();

ShortId short_id(std::string_view id) {
    ShortId out{};
    if (id.size() > out.size()) broken("an id of more than 16 bytes: " + std::string(id));
    std::copy(id.begin(), id.end(), out.begin());
    return out;
}

std::int64_t ms_of(std::optional<Time> time) {
    return time ? time->time_since_epoch().count() : never;
}

void move(Ordered& order, std::int64_t& key, std::int64_t to, Row row) {
    if (key != to) order.erase({key, row});
    key = to;
    order.insert({to, row});
}

} // namespace

std::string state_key(std::string_view workflow, std::string_view state) {
    std::string key(workflow);
    key += '/';
    key += state;
    return key;
}

std::uint32_t InstanceIndex::Table::term(Attribute attribute, std::string_view value) {
    auto const [found, is_new] =
        terms_.try_emplace(TermKey(attribute, value), static_cast<std::uint32_t>(bitmaps_.size()));
    if (is_new) bitmaps_.emplace_back();
    return found->second;
}

std::vector<std::uint32_t> InstanceIndex::Table::terms_of(IndexEntry const& entry) {
    std::vector<std::uint32_t> terms;
    terms.reserve(24);
    auto const add = [&](Attribute attribute, std::string_view value) {
        if (!value.empty()) terms.push_back(term(attribute, value));
    };
    add(Attribute::workflow, entry.workflow);
    add(Attribute::state, state_key(entry.workflow, entry.state));
    add(Attribute::light, entry.light);
    add(Attribute::supervision, entry.supervision);
    add(Attribute::category, entry.category);
    add(Attribute::source, entry.source);
    if (entry.round) add(Attribute::round, std::to_string(*entry.round));
    for (std::size_t const digits : {2U, 4U, 6U, 9U})
        if (entry.region.size() >= digits) add(Attribute::below, entry.region.substr(0, digits));
    add(Attribute::reporting_unit, entry.reporting_unit);
    add(Attribute::lead_unit, entry.lead_unit);
    for (auto const unit : entry.co_handlers) add(Attribute::co_handler, unit);
    for (auto const& turn : entry.waits_for) add(Attribute::waits_for, turn);
    for (auto bit = IndexEntry::handled; bit <= IndexEntry::reworked; bit <<= 1U)
        if (entry.history & bit) add(Attribute::history, std::to_string(bit));
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    terms.shrink_to_fit();
    return terms;
}

void InstanceIndex::Table::put(std::string_view id, IndexEntry const& entry) {
    auto const [found, is_new] = ids_.try_emplace(short_id(id), static_cast<Row>(records_.size()));
    Row const row = found->second;
    if (is_new) records_.emplace_back().id = found->first;
    Record& record = records_[row];
    auto terms = terms_of(entry);
    auto const each_missing = [](auto const& from, auto const& in, auto act) {
        for (auto const one : from)
            if (!std::binary_search(in.begin(), in.end(), one)) act(one);
    };
    each_missing(record.terms, terms, [&](auto gone) { bitmaps_[gone].remove(row); });
    each_missing(terms, record.terms, [&](auto added) { bitmaps_[added].add(row); });
    record.terms = std::move(terms);
    if (record.title != entry.title) record.title = entry.title;
    move(created_, record.created_ms, ms_of(entry.created), row);
    move(updated_, record.updated_ms, ms_of(entry.updated), row);
    move(due_, record.due_ms, ms_of(entry.due), row);
    wakes_.erase({record.wake_ms, row});
    record.wake_ms = ms_of(entry.wake);
    if (entry.wake) wakes_.insert({record.wake_ms, row});
}

Bitmap const& InstanceIndex::Table::rows(Attribute attribute, std::string_view value) const {
    static Bitmap const none;
    auto const found = terms_.find(TermKey(attribute, value));
    return found == terms_.end() ? none : bitmaps_[found->second];
}

std::vector<std::pair<std::string_view, Bitmap const*>>
InstanceIndex::Table::values(Attribute attribute, std::string_view prefix) const {
    std::vector<std::pair<std::string_view, Bitmap const*>> found;
    for (auto at = terms_.lower_bound(TermKey(attribute, prefix)); at != terms_.end(); ++at) {
        auto const& [kind, value] = at->first;
        if (kind != attribute || !value.starts_with(prefix)) break;
        found.emplace_back(value, &bitmaps_[at->second]);
    }
    return found;
}

std::optional<Row> InstanceIndex::Table::find(std::string_view id) const {
    if (id.size() > ShortId().size()) return std::nullopt;
    auto const found = ids_.find(short_id(id));
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

std::string InstanceIndex::Table::id_of(Row row) const {
    auto const& id = records_[row].id;
    return {id.begin(), std::find(id.begin(), id.end(), '\0')};
}

Ordered const& InstanceIndex::Table::order(Sort sort) const {
    switch (sort) {
    case Sort::created:
        return created_;
    case Sort::updated:
        return updated_;
    case Sort::due:
        return due_;
    }
    broken("an unknown order");
}

std::int64_t InstanceIndex::Table::key_of(Sort sort, Row row) const {
    Record const& record = records_[row];
    switch (sort) {
    case Sort::created:
        return record.created_ms;
    case Sort::updated:
        return record.updated_ms;
    case Sort::due:
        return record.due_ms;
    }
    broken("an unknown order");
}

Bitmap InstanceIndex::Table::visible(Actor const& actor, std::string_view workflow) const {
    Reach const reach = reach_of(actor);
    Bitmap const& all = rows(Attribute::workflow, workflow);
    if (reach.everything || workflow == "round" || workflow == "consultation") return all;
    Bitmap seen;
    if (reach.whole_region) seen |= rows(Attribute::below, reach.region);
    seen |= rows(Attribute::lead_unit, reach.organisation);
    seen |= rows(Attribute::co_handler, reach.organisation);
    seen -= rows(Attribute::state, state_key(workflow, "draft"));
    seen |= rows(Attribute::reporting_unit, reach.organisation);
    return seen &= all;
}

Bitmap InstanceIndex::Table::finished(Workflow const& workflow) const {
    Bitmap found;
    for (auto const& state : workflow.states())
        if (state.region == 0 && state.final)
            found |= rows(Attribute::state, state_key(workflow.name(), state.name));
    return found;
}

Bitmap InstanceIndex::Table::narrow_by_words(Bitmap const& rows, std::string_view id,
                                             Texts const& words) const {
    Bitmap found;
    std::uint64_t const total = rows.cardinality();
    std::uint64_t left_out = total > limits::searched_titles ? total - limits::searched_titles : 0;
    for (Row const row : rows) { // rows are numbered as they came: the newest last
        if (left_out > 0) {
            --left_out;
            continue;
        }
        std::string const title = in_small_letters(records_[row].title);
        if (std::all_of(words.begin(), words.end(), [&title](auto const& word) {
                return title.find(word) != std::string::npos;
            }))
            found.add(row);
    }
    if (auto const row = find(id); row && rows.contains(*row)) found.add(*row);
    return found;
}

} // namespace banjie::engine
