#include "engine/index/instance_index.hpp"

#include "engine/index/index_loading.hpp"
#include "engine/text/characters.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>

namespace banjie::engine {

namespace {

Refusal invalid(std::string field, std::string code, std::string detail) {
    return {RefusalKind::invalid,
            "invalid_query",
            "Expected a list that can be made, but " + detail,
            "Correct it and ask again.",
            {{std::move(field), std::move(code), std::move(detail)}}};
}

/// Names of states, stages, lights and supervisions must be the workflow's own.
std::optional<Refusal> check_names(ListQuery const& query, Workflow const& workflow) {
    auto const check = [&](std::string_view field, Texts const& names, auto fits) {
        std::optional<Refusal> refusal;
        for (auto const& name : names) {
            auto const& states = workflow.states();
            if (std::none_of(states.begin(), states.end(),
                             [&](auto const& state) { return fits(state, name); }))
                refusal = invalid(std::string(field), "unknown_value",
                                  "there is no " + std::string(field) + " '" + name + "'.");
        }
        return refusal;
    };
    auto const in_region = [](int region) {
        return [region](auto const& state, auto const& name) {
            return state.region == region && state.name == name;
        };
    };
    auto const of_stage = [](auto const& state, auto const& name) { return state.stage == name; };
    if (auto refusal = check("state", query.state, in_region(0))) return refusal;
    if (auto refusal = check("stage", query.stage, of_stage)) return refusal;
    for (auto const& name : query.outcome)
        if (std::none_of(std::begin(outcomes), std::end(outcomes),
                         [&name](auto const& one) { return one.name == name; }))
            return invalid("outcome", "unknown_value", "there is no outcome '" + name + "'.");
    if (auto refusal = check("light", query.light, in_region(1))) return refusal;
    return check("supervision", query.supervision, in_region(2));
}

Texts states_of_stages(Workflow const& workflow, Texts const& stages) {
    Texts states;
    for (auto const& state : workflow.states())
        if (std::find(stages.begin(), stages.end(), state.stage) != stages.end())
            states.emplace_back(state.name);
    return states;
}

Texts turns_of(Actor const& actor) {
    Texts turns;
    for (Role const role : {Role::reporter, Role::handler})
        if (actor.has(role)) turns.push_back(std::string(name_of(role)) + ":" + actor.organisation);
    for (Role const role : {Role::coordinator, Role::screener, Role::visitor})
        if (actor.has(role)) turns.push_back(std::string(name_of(role)) + ":" + actor.region);
    return turns;
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

/// A place in an order: "<sort number>.<key>.<id>".
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

/// Rows that fit every filter but the words.
Bitmap rows_of(InstanceIndex::Table const& table, Workflow const& workflow, Actor const& actor,
               ListQuery const& query) {
    Bitmap rows = table.visible(actor, query.workflow);
    auto const narrow = [&](Attribute attribute, Texts const& values) {
        if (values.empty()) return;
        Bitmap any;
        for (auto const& value : values) any |= table.rows(attribute, value);
        rows &= any;
    };
    auto const narrow_states = [&](Texts names) {
        for (auto& name : names) name = state_key(query.workflow, name);
        narrow(Attribute::state, names);
    };
    narrow_states(query.state);
    if (!query.stage.empty()) narrow_states(states_of_stages(workflow, query.stage));
    narrow(Attribute::light, query.light);
    narrow(Attribute::supervision, query.supervision);
    narrow(Attribute::category, query.category);
    narrow(Attribute::source, query.source);
    if (query.round) rows &= table.rows(Attribute::round, std::to_string(*query.round));
    if (!query.region.empty()) rows &= table.rows(Attribute::below, query.region);
    if (!query.unit.empty())
        rows &= table.rows(Attribute::lead_unit, query.unit) |
                table.rows(Attribute::co_handler, query.unit);
    if (!query.lead_unit.empty()) rows &= table.rows(Attribute::lead_unit, query.lead_unit);
    if (!query.outcome.empty()) {
        Bitmap any;
        for (auto const& name : query.outcome) any |= table.with_outcome(name);
        rows &= any;
    }
    if (query.happened) rows = table.happened(rows, *query.happened);
    if (query.mine) {
        Bitmap any;
        for (auto const& turn : turns_of(actor)) any |= table.rows(Attribute::waits_for, turn);
        rows &= any;
    }
    return rows;
}

} // namespace

namespace {

constexpr int tries_before_sleeping = 200; // some microseconds

/// A change holds the table for less time than it takes to put a thread to sleep and wake it.
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

InstanceIndex::InstanceIndex() : table_(std::make_unique<Table>()) {}
InstanceIndex::~InstanceIndex() = default;

Outcome<void> InstanceIndex::load(storage::Store& store, unsigned threads) {
    return load_index(*table_, store, threads);
}

void InstanceIndex::put(Instance const* before, std::string_view id, IndexEntry const& entry) {
    auto const was = before ? std::optional(index_entry_of(*before)) : std::nullopt;
    auto const lock = held_soon<std::unique_lock<std::shared_mutex>>(table_->mutex);
    table_->put(id, was ? &*was : nullptr, entry);
}

bool InstanceIndex::sees(Actor const& actor, std::string_view workflow, std::string_view id) const {
    auto const lock = held_soon<std::shared_lock<std::shared_mutex>>(table_->mutex);
    auto const none = static_cast<Row>(table_->ids.size()); // is in no bitmap
    return table_->sees(actor, workflow, table_->ids.find(id).value_or(none));
}

Outcome<ListPage> InstanceIndex::list(Actor const& actor, ListQuery const& query) const {
    auto const* workflow = find_workflow(query.workflow);
    if (workflow == nullptr) return invalid("workflow", "unknown_value", "there is no such one.");
    if (query.limit < 1 || query.limit > limits::list_page)
        return invalid("limit", "out_of_bounds",
                       "a page has 1 to " + std::to_string(limits::list_page) + " entries.");
    if (auto refusal = check_names(query, *workflow)) return std::move(*refusal);

    std::shared_lock const lock(table_->mutex);
    std::optional<Place> after;
    if (!query.cursor.empty()) {
        auto const read = read_cursor(query.sort, query.cursor);
        auto const row = read ? table_->ids.find(read->second) : std::nullopt;
        // Absent, or not to be seen: one answer for both.
        if (!row || !table_->visible(actor, query.workflow).contains(*row))
            return invalid("cursor", "bad_cursor", "its cursor is not from this list.");
        after = Place(read->first, *row);
    }
    Bitmap rows = rows_of(*table_, *workflow, actor, query);
    if (!query.q.empty()) rows = table_->narrow_by_words(rows, query.q, words_of(query.q));
    ListPage page;
    page.total = rows.cardinality();
    auto places = table_->page(rows, query.sort, query.descending, after, query.limit + 1);
    if (places.size() > query.limit) {
        places.resize(query.limit, places.back());
        page.next_cursor =
            cursor_at(query.sort, places.back().key_ms(), table_->ids.of(places.back().row()));
    }
    for (auto const& place : places) page.ids.emplace_back(table_->ids.of(place.row()));
    return page;
}

Texts InstanceIndex::all_of(std::string_view workflow) const {
    std::shared_lock const lock(table_->mutex);
    Texts found;
    for (Row const row : table_->rows(Attribute::workflow, workflow))
        found.emplace_back(table_->ids.of(row));
    return found;
}

std::int64_t InstanceIndex::unfinished_in_round(std::int64_t number) const {
    std::shared_lock const lock(table_->mutex);
    auto const* workflow = find_workflow("problem");
    if (workflow == nullptr) return 0;
    Bitmap rows = table_->rows(Attribute::workflow, "problem") &
                  table_->rows(Attribute::round, std::to_string(number));
    rows -= table_->finished(*workflow);
    rows -= table_->rows(Attribute::state, state_key("problem", "draft"));
    return static_cast<std::int64_t>(rows.cardinality());
}

std::pair<Texts, std::optional<Time>> InstanceIndex::due(Time now, std::size_t limit) const {
    std::shared_lock const lock(table_->mutex);
    std::pair<Texts, std::optional<Time>> found;
    for (Place const& place : table_->by_wake) {
        if (place.key_ms() > now.time_since_epoch().count() || found.first.size() == limit) {
            found.second = Time(std::chrono::milliseconds(place.key_ms()));
            break;
        }
        found.first.emplace_back(table_->ids.of(place.row()));
    }
    return found;
}

std::uint64_t InstanceIndex::size() const {
    std::shared_lock const lock(table_->mutex);
    return table_->ids.size();
}

} // namespace banjie::engine
