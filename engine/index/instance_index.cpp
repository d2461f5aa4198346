#include "engine/index/instance_index.hpp"

#include "engine/index/index_loading.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/text/characters.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <tuple>

namespace banjie::engine {

namespace {

Refusal invalid(std::string field, RefusalCode code, std::string detail) {
    return {"invalid_query"_code,
            "The list cannot be made. " + detail,
            "Correct the parameter listed in \"errors\".",
            {{std::move(field), code, std::move(detail)}}};
}

Refusal unknown_value(std::string_view field, std::string_view value) {
    return invalid(std::string(field), "unknown_value"_code,
                   "There is no " + std::string(field) + " '" + std::string(value) + "'.");
}

/// Returns the number of that region of the machine; nullopt if the workflow has none.
std::optional<int> region_named(Workflow const& workflow, std::string_view name) {
    auto const names = workflow.regions_beside();
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<int>(found - names.begin()) + 1;
}

/// Refuses names of states, stages, marks, moments, tags and regions that the workflow does not
/// declare.
std::optional<Refusal> check_names(ListQuery const& query, Workflow const& workflow) {
    auto const facets = workflow.facets();
    auto const& states = workflow.states();
    auto const check = [](std::string_view field, Texts const& names, auto const& known,
                          auto fits) {
        std::optional<Refusal> refusal;
        for (auto const& name : names)
            if (std::none_of(known.begin(), known.end(),
                             [&](auto const& one) { return fits(one, name); }))
                refusal = unknown_value(field, name);
        return refusal;
    };
    auto const in_region = [](int region) {
        return [region](auto const& state, auto const& name) {
            return state.region == region && state.name == name;
        };
    };
    auto const of_stage = [](auto const& state, auto const& name) { return state.stage == name; };
    auto const is_called = [](auto const& one, auto const& name) { return one.name == name; };
    if (auto refusal = check("state", query.state, states, in_region(0))) return refusal;
    if (auto refusal = check("stage", query.stage, states, of_stage)) return refusal;
    if (auto refusal = check("mark", query.mark, facets.marks, is_called)) return refusal;
    if (query.happened && !position_of(facets.moments, query.happened->moment))
        return unknown_value("moment", query.happened->moment);
    for (auto const& [name, values] : query.where) {
        if (auto const region = region_named(workflow, name)) {
            if (auto refusal = check(name, values, states, in_region(*region))) return refusal;
        } else if (!position_of(facets.tags, name)) {
            return invalid(name, "unknown_value"_code, "There is no filter '" + name + "'.");
        }
    }
    return std::nullopt;
}

Texts states_of_stages(Workflow const& workflow, Texts const& stages) {
    Texts states;
    for (auto const& state : workflow.states())
        if (std::find(stages.begin(), stages.end(), state.stage) != stages.end())
            states.emplace_back(state.name);
    return states;
}

Texts words_of(std::string_view text) {
    Texts words;
    std::string const all = in_small_letters(text);
    for (std::size_t from = 0; from < all.size();) {
        auto const to = std::min(all.find(' ', from), all.size());
        if (to > from) words.push_back(all.substr(from, to - from));
        from = to + 1;
    }
    return words;
}

/// Returns the cursor of a spot in an order: "<sort number>.<key>.<id>".
std::string cursor_at(Sort sort, std::int64_t key, std::string_view id) {
    auto cursor = std::to_string(static_cast<int>(sort)) + "." + std::to_string(key) + ".";
    return cursor += id;
}

std::optional<std::pair<std::int64_t, std::string>> read_cursor(Sort sort, std::string_view text) {
    auto const prefix = std::to_string(static_cast<int>(sort)) + ".";
    if (!text.starts_with(prefix)) return std::nullopt;
    text.remove_prefix(prefix.size());
    std::int64_t key = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), key);
    if (error != std::errc() || end == text.data() + text.size() || *end != '.')
        return std::nullopt;
    return std::pair(key, std::string(end + 1, text.data() + text.size()));
}

Bitmap any_of(InstanceIndex::Table const& table, Attribute attribute, Texts const& values) {
    Bitmap any;
    for (auto const& value : values) any |= table.rows(attribute, value);
    return any;
}

/// Returns the rows that wait for one of the actor's addresses.
Bitmap waiting_for(InstanceIndex::Table const& table, Actor const& actor) {
    return any_of(table, Attribute::waits_for, addresses_of(actor));
}

/// Returns the rows that pass every filter except the words.
Bitmap rows_of(InstanceIndex::Table const& table, InstanceIndex::Table::Columns const& columns,
               Actor const& actor, ListQuery const& query) {
    auto const& workflow = columns.workflow();
    Bitmap rows = table.visible(actor, columns);
    if (!query.state.empty()) rows &= any_of(table, columns.attributes.state(0), query.state);
    if (!query.stage.empty())
        rows &= any_of(table, columns.attributes.state(0), states_of_stages(workflow, query.stage));
    for (auto const& [name, values] : query.where) {
        if (values.empty()) continue;
        auto const region = region_named(workflow, name);
        rows &= region ? any_of(table, columns.attributes.state(static_cast<std::size_t>(*region)),
                                values)
                       : table.tagged(columns, name, values);
    }
    if (!query.unit.empty()) rows &= table.handled_by(columns, query.unit);
    if (!query.mark.empty()) rows &= any_of(table, columns.attributes.mark(), query.mark);
    if (query.happened) {
        auto const moment = position_of(workflow.facets().moments, query.happened->moment);
        rows = table.happened(columns, rows, moment.value(), query.happened->days);
    }
    if (query.mine) rows &= waiting_for(table, actor);
    return rows;
}

} // namespace

namespace {

constexpr int tries_before_sleeping = 200; // some microseconds

/// Returns the lock. Spins first, since a change holds the table for less time than it takes to put
/// a thread to sleep and wake it.
template <class Lock>
Lock held_soon(std::shared_mutex& mutex) {
    Lock lock(mutex, std::try_to_lock);
    for (int tries = 0; !lock && tries < tries_before_sleeping; ++tries) {
        __builtin_ia32_pause();
        static_cast<void>(lock.try_lock());
    }
    if (!lock) lock.lock();
    return lock;
}

} // namespace

InstanceIndex::InstanceIndex(Workflows const& workflows)
    : table_(std::make_unique<Table>(workflows)) {}
InstanceIndex::~InstanceIndex() = default;

Outcome<void> InstanceIndex::load(storage::Store& store, unsigned threads) {
    return load_index(*table_, store, threads);
}

void InstanceIndex::put(Instance const* before, std::string_view id, IndexEntry const& entry) {
    auto const* const columns = table_->columns_of(entry.workflow);
    auto const was = before != nullptr && columns != nullptr
                         ? std::optional(index_entry_of(columns->indexed, *before))
                         : std::nullopt;
    auto const lock = held_soon<std::unique_lock<std::shared_mutex>>(table_->mutex);
    table_->put(id, was ? &*was : nullptr, entry);
}

bool InstanceIndex::sees(Actor const& actor, std::string_view workflow, std::string_view id) const {
    auto const lock = held_soon<std::shared_lock<std::shared_mutex>>(table_->mutex);
    auto const none = static_cast<Row>(table_->ids.size()); // is in no bitmap
    auto const* const columns = table_->columns_of(workflow);
    return columns != nullptr && table_->sees(actor, *columns, table_->ids.find(id).value_or(none));
}

std::uint64_t InstanceIndex::visible(Actor const& actor, std::string_view workflow) const {
    auto const* const columns = table_->columns_of(workflow);
    std::shared_lock const lock(table_->mutex);
    return columns == nullptr ? 0 : table_->visible(actor, *columns).cardinality();
}

namespace {

std::optional<Refusal> check_limit(std::size_t limit) {
    if (limit >= 1 && limit <= limits::list_page) return std::nullopt;
    return invalid("limit", "out_of_bounds"_code,
                   "A page has 1 to " + std::to_string(limits::list_page) + " entries.");
}

Refusal bad_cursor() {
    return invalid("cursor", "bad_cursor"_code, "The cursor does not belong to this list.");
}

} // namespace

Outcome<ListPage> InstanceIndex::list(Actor const& actor, ListQuery const& query) const {
    auto const* const columns = table_->columns_of(query.workflow);
    if (columns == nullptr) return unknown_value("workflow", query.workflow);
    if (auto refusal = check_limit(query.limit)) return std::move(*refusal);
    if (auto refusal = check_names(query, columns->workflow())) return std::move(*refusal);

    std::shared_lock const lock(table_->mutex);
    std::optional<Spot> after;
    if (!query.cursor.empty()) {
        auto const read = read_cursor(query.sort, query.cursor);
        auto const row = read ? table_->ids.find(read->second) : std::nullopt;
        // Absent and hidden instances get the same answer.
        if (!row || !table_->sees(actor, *columns, *row)) return bad_cursor();
        after = Spot(read->first, *row);
    }
    Bitmap rows = rows_of(*table_, *columns, actor, query);
    if (!query.q.empty()) rows = table_->narrow_by_words(rows, query.q, words_of(query.q));
    ListPage page;
    page.total = rows.cardinality();
    auto spots = table_->page(rows, query.sort, query.descending, after, query.limit + 1);
    if (spots.size() > query.limit) {
        spots.resize(query.limit, spots.back());
        page.next_cursor =
            cursor_at(query.sort, spots.back().key_ms(), table_->ids.of(spots.back().row()));
    }
    for (auto const& spot : spots) page.ids.emplace_back(table_->ids.of(spot.row()));
    return page;
}

namespace {

/// Position of an instance in an actor's work: earliest due first, then longest untouched.
using Turn = std::tuple<std::int64_t, std::int64_t, Row>; // due_ms, updated_ms

/// Parses "<due>.<updated>.<id>". Returns nullopt if the text has another form.
std::optional<std::tuple<std::int64_t, std::int64_t, std::string_view>>
read_work_cursor(std::string_view text) {
    std::int64_t due_ms = 0, updated_ms = 0;
    auto const read = [&text](std::int64_t& value) {
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end == text.data() + text.size() || *end != '.') return false;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
        return true;
    };
    if (!read(due_ms) || !read(updated_ms)) return std::nullopt;
    return std::tuple(due_ms, updated_ms, text);
}

} // namespace

Outcome<WorkPage> InstanceIndex::work(Actor const& actor, std::size_t limit,
                                      std::string_view cursor) const {
    if (auto refusal = check_limit(limit)) return std::move(*refusal);
    std::shared_lock const lock(table_->mutex);
    auto const& table = *table_;
    std::optional<Turn> after;
    if (!cursor.empty()) {
        auto const read = read_work_cursor(cursor);
        if (!read) return bad_cursor();
        auto const& [due_ms, updated_ms, id] = *read;
        after = Turn(due_ms, updated_ms, table.ids.find(id).value_or(0));
    }
    Bitmap const rows = table.visible(actor) & waiting_for(table, actor);
    WorkPage work;
    work.page.total = rows.cardinality();
    for (auto const& columns : table.columns)
        if (auto const count = rows.and_cardinality(table.rows(columns.attributes.all())))
            work.by_workflow.emplace_back(columns.workflow().name(), count);
    std::vector<Turn> turns;
    for (Row const row : numbers_of(rows))
        if (Turn const turn(table.due_ms[row], table.updated_ms[row], row); !after || *after < turn)
            turns.push_back(turn);
    auto const count = std::min(limit, turns.size());
    std::partial_sort(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(count),
                      turns.end());
    for (std::size_t i = 0; i < count; ++i)
        work.page.ids.emplace_back(table.ids.of(std::get<Row>(turns[i])));
    if (turns.size() > limit) {
        auto const& [due_ms, updated_ms, row] = turns[limit - 1];
        work.page.next_cursor = std::to_string(due_ms) + '.' + std::to_string(updated_ms) + '.' +
                                std::string(table.ids.of(row));
    }
    return work;
}

std::string InstanceIndex::number_of(std::string_view id) const {
    std::shared_lock const lock(table_->mutex);
    auto const row = table_->ids.find(id);
    return row ? table_->numbers.of(*row) : std::string();
}

std::string InstanceIndex::id_named(Actor const& actor, std::string_view text) const {
    if (parts_of_number(text)) {
        std::shared_lock const lock(table_->mutex);
        auto const row = table_->numbers.find(text);
        if (row && table_->sees(actor, *row)) return std::string(table_->ids.of(*row));
    }
    return std::string(text);
}

void InstanceIndex::each_highest_number(
    std::function<void(std::string_view, std::uint32_t)> const& tell) const {
    std::shared_lock const lock(table_->mutex);
    table_->numbers.each_highest(tell);
}

Texts InstanceIndex::all_of(std::string_view workflow) const {
    std::shared_lock const lock(table_->mutex);
    Texts found;
    if (auto const* const columns = table_->columns_of(workflow))
        for (Row const row : table_->rows(columns->attributes.all()))
            found.emplace_back(table_->ids.of(row));
    return found;
}

std::int64_t InstanceIndex::unfinished(std::string_view workflow, std::string_view tag,
                                       std::string_view value) const {
    std::shared_lock const lock(table_->mutex);
    auto const* const columns = table_->columns_of(workflow);
    if (columns == nullptr) return 0;
    Bitmap rows = table_->tagged(*columns, tag, {std::string(value)});
    rows -= table_->finished(*columns);
    rows -= table_->private_ones(*columns);
    return static_cast<std::int64_t>(rows.cardinality());
}

std::pair<Texts, std::optional<Time>> InstanceIndex::due(Time now, std::size_t limit) const {
    std::shared_lock const lock(table_->mutex);
    std::pair<Texts, std::optional<Time>> found;
    for (Spot const& spot : table_->by_wake) {
        if (spot.key_ms() > now.time_since_epoch().count() || found.first.size() == limit) {
            found.second = Time(std::chrono::milliseconds(spot.key_ms()));
            break;
        }
        found.first.emplace_back(table_->ids.of(spot.row()));
    }
    return found;
}

std::uint64_t InstanceIndex::size() const {
    std::shared_lock const lock(table_->mutex);
    return table_->ids.size();
}

} // namespace banjie::engine
