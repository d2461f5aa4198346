#include "engine/instance_index.hpp"

#include "engine/characters.hpp"
#include "engine/index_table.hpp"

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
std::string cursor_at(Sort sort, std::int64_t key, std::string const& id) {
    return std::to_string(static_cast<int>(sort)) + "." + std::to_string(key) + "." + id;
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
    if (query.mine) {
        Bitmap any;
        for (auto const& turn : turns_of(actor)) any |= table.rows(Attribute::waits_for, turn);
        rows &= any;
    }
    return rows;
}

using Place = std::pair<std::int64_t, Row>;

/// A few rows are sorted; of many, the order that is kept anyway is walked.
std::vector<Place> walk(InstanceIndex::Table const& table, Bitmap const& rows, std::uint64_t total,
                        ListQuery const& query, std::optional<Place> after) {
    constexpr std::uint64_t few = 4'096;
    std::vector<Place> page;
    auto const is_later = [&](Place const& place) {
        return !after || (query.descending ? place < *after : place > *after);
    };
    if (total <= few) {
        for (Row const row : rows) {
            Place const place{table.key_of(query.sort, row), row};
            if (is_later(place)) page.push_back(place);
        }
        std::sort(page.begin(), page.end());
        if (query.descending) std::reverse(page.begin(), page.end());
        if (page.size() > query.limit + 1) page.resize(query.limit + 1);
        return page;
    }
    Ordered const& order = table.order(query.sort);
    auto const take = [&](Place const& place) {
        if (rows.contains(place.second)) page.push_back(place);
        return page.size() <= query.limit;
    };
    if (query.descending) {
        auto at = after ? order.lower_bound(*after) : order.end();
        while (at != order.begin() && take(*--at)) {
        }
    } else {
        auto at = after ? order.upper_bound(*after) : order.begin();
        while (at != order.end() && take(*at)) ++at;
    }
    return page;
}

} // namespace

InstanceIndex::InstanceIndex() : table_(std::make_unique<Table>()) {}
InstanceIndex::~InstanceIndex() = default;

std::string InstanceIndex::entry_of(Instance const& instance) {
    return encode(index_entry_of(instance));
}

bool InstanceIndex::load(std::string_view id, std::string_view entry) {
    auto const read = decode_index_entry(entry);
    if (!read) return false;
    std::unique_lock const lock(table_->mutex);
    table_->put(id, *read);
    return true;
}

void InstanceIndex::put(Instance const& instance) {
    auto const entry = index_entry_of(instance);
    std::unique_lock const lock(table_->mutex);
    table_->put(instance.id, entry);
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
        auto const row = read ? table_->find(read->second) : std::nullopt;
        if (!row) return invalid("cursor", "bad_cursor", "its cursor is not from this list.");
        after = Place(read->first, *row);
    }
    Bitmap rows = rows_of(*table_, *workflow, actor, query);
    if (!query.q.empty()) rows = table_->narrow_by_words(rows, query.q, words_of(query.q));
    ListPage page;
    page.total = rows.cardinality();
    auto places = walk(*table_, rows, page.total, query, after);
    if (places.size() > query.limit) {
        places.resize(query.limit);
        auto const& [key, row] = places.back();
        page.next_cursor = cursor_at(query.sort, key, table_->id_of(row));
    }
    for (auto const& place : places) page.ids.push_back(table_->id_of(place.second));
    return page;
}

std::pair<Texts, std::int64_t> InstanceIndex::unfinished_in_round(std::int64_t number,
                                                                  std::size_t limit) const {
    std::shared_lock const lock(table_->mutex);
    auto const* workflow = find_workflow("problem");
    if (workflow == nullptr) return {};
    Bitmap rows = table_->rows(Attribute::workflow, "problem") &
                  table_->rows(Attribute::round, std::to_string(number));
    rows -= table_->finished(*workflow);
    rows -= table_->rows(Attribute::state, state_key("problem", "draft"));
    Texts ids;
    for (Row const row : rows) {
        if (ids.size() == limit) break;
        ids.push_back(table_->id_of(row));
    }
    return {std::move(ids), static_cast<std::int64_t>(rows.cardinality())};
}

std::pair<Texts, std::optional<Time>> InstanceIndex::due(Time now, std::size_t limit) const {
    std::shared_lock const lock(table_->mutex);
    std::pair<Texts, std::optional<Time>> found;
    for (auto const& [wake_ms, row] : table_->wakes_) {
        if (wake_ms > now.time_since_epoch().count() || found.first.size() == limit) {
            found.second = Time(std::chrono::milliseconds(wake_ms));
            break;
        }
        found.first.push_back(table_->id_of(row));
    }
    return found;
}

std::uint64_t InstanceIndex::size() const {
    std::shared_lock const lock(table_->mutex);
    return table_->records_.size();
}

} // namespace banjie::engine
