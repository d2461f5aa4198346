#include "engine/index/index_loading.hpp"

#include "engine/index/numbers.hpp"
#include "engine/invariant.hpp"
#include "engine/limits.hpp"
#include "engine/refusal_codes.hpp"
#include "engine/refusal_of.hpp"
#include "engine/text/json_text.hpp"
#include "storage/store.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>
#include <thread>

namespace banjie::engine {

using Table = InstanceIndex::Table;

namespace {

/// The columns that one thread has read.
struct Share {
    explicit Share(Table const& of)
        : table(of), days(of.columns.size()), numbers(of.columns.size()) {}

    Table const& table; // only for its workflows
    Terms terms;
    std::vector<ShortId> ids;
    std::vector<std::int64_t> created_ms, updated_ms, due_ms, wake_ms;
    std::vector<std::uint8_t> workflow; // by position
    std::vector<std::uint32_t> place;   // in the columns below, of that workflow
    std::vector<std::vector<Day>> days; // by workflow; the days of one row, then of the next
    std::vector<std::vector<std::int64_t>> numbers;
    std::vector<Term> row_terms;
    std::vector<std::size_t> row_terms_end;
    std::string titles;
    std::vector<std::size_t> titles_end;
    std::string numbers_text; // the number of each row, or else the prefix of its future number
    std::vector<std::size_t> numbers_end;
    std::vector<Row> by_age;

    /// Returns false if the entry's workflow is unknown.
    [[nodiscard]] bool add(std::string_view id, IndexEntry const& entry) {
        auto const* const found = table.columns_of(entry.workflow);
        if (found == nullptr) return false;
        auto const number = static_cast<std::size_t>(found - table.columns.data());
        ids.push_back(short_id(id));
        created_ms.push_back(ms_of(entry.created));
        updated_ms.push_back(ms_of(entry.updated));
        due_ms.push_back(ms_of(entry.due));
        wake_ms.push_back(ms_of(entry.wake));
        workflow.push_back(static_cast<std::uint8_t>(number));
        place.push_back(places_[number]++);
        for (std::size_t i = 0; i < found->days.size(); ++i)
            days[number].push_back(i < entry.days.size() ? entry.days[i] : Day{0});
        for (std::size_t i = 0; i < found->numbers.size(); ++i)
            numbers[number].push_back(i < entry.numbers.size() ? entry.numbers[i].value_or(0) : 0);
        terms.add_all(found->terms(), entry, nullptr, row_terms);
        row_terms_end.push_back(row_terms.size());
        titles += entry.title;
        titles_end.push_back(titles.size());
        numbers_text += entry.number.empty() ? prefix_of(found->workflow(), entry) : entry.number;
        numbers_end.push_back(numbers_text.size());
        return true;
    }
    [[nodiscard]] std::string_view number_of(Row row) const {
        auto const begin = row == 0 ? 0 : numbers_end[row - 1];
        return std::string_view(numbers_text).substr(begin, numbers_end[row] - begin);
    }
    [[nodiscard]] std::span<Term const> terms_of(Row row) const {
        auto const begin = row == 0 ? 0 : row_terms_end[row - 1];
        return std::span(row_terms).subspan(begin, row_terms_end[row] - begin);
    }
    [[nodiscard]] std::string_view title_of(Row row) const {
        auto const begin = row == 0 ? 0 : titles_end[row - 1];
        return std::string_view(titles).substr(begin, titles_end[row] - begin);
    }
    void sort() {
        by_age.resize(ids.size());
        std::iota(by_age.begin(), by_age.end(), Row{0});
        std::sort(by_age.begin(), by_age.end(), [this](Row a, Row b) {
            return std::tie(created_ms[a], ids[a]) < std::tie(created_ms[b], ids[b]);
        });
    }

private:
    static std::string prefix_of(Workflow const& workflow, IndexEntry const& entry) {
        Fields facts;
        auto const tag = position_of(workflow.facets().tags, workflow.numbering().fact);
        for (auto const& value : entry.tags)
            if (tag == value.tag) facts.set(workflow.numbering().fact, value.written());
        return number_prefix(workflow, facts, entry.created);
    }

    std::vector<std::uint32_t> places_ = std::vector<std::uint32_t>(table.columns.size());
};
using Shares = std::vector<Share>;

/// Origin of a row of the index.
struct Source {
    Share const* share;
    Row row;
    friend bool operator<(Source const& a, Source const& b) {
        return std::tie(a.share->created_ms[a.row], a.share->ids[a.row]) <
               std::tie(b.share->created_ms[b.row], b.share->ids[b.row]);
    }
};
using Sources = std::vector<Source>;

Sources by_age(Shares const& shares) {
    Sources sources;
    for (Share const& share : shares) {
        auto const middle = static_cast<std::ptrdiff_t>(sources.size());
        for (Row const row : share.by_age) sources.push_back({&share, row});
        std::inplace_merge(sources.begin(), sources.begin() + middle, sources.end());
    }
    return sources;
}

Refusal unreadable(std::string const& id) {
    return {"index_unreadable"_code,
            "Cannot read the index: the entry of \"" + id +
                "\" is damaged, or is of a workflow that this program does not know.",
            "Run 'banjie verify', and restore the newest backup."};
}

/// Runs each of the works on its own thread, and waits for all of them.
void side_by_side(std::vector<std::function<void()>> const& works) {
    std::vector<std::thread> threads;
    for (auto const& work : works) threads.emplace_back(work);
    for (auto& thread : threads) thread.join();
}

void fill_ids(Table& table, Sources const& sources) {
    table.ids.reserve(sources.size());
    for (auto const& [share, row] : sources)
        if (!table.ids.add(share->ids[row])) broken("an id stands in two partitions");
}

void fill_columns(Table& table, Sources const& sources) {
    table.titles.reserve(sources.size());
    table.updated_ms.reserve(sources.size());
    table.due_ms.reserve(sources.size());
    table.place_in_columns.reserve(sources.size());
    for (Row row = 0; auto const& [share, from] : sources) {
        table.titles.put(row++, share->title_of(from));
        table.updated_ms.push_back(share->updated_ms[from]);
        table.due_ms.push_back(share->due_ms[from]);
        auto const workflow = share->workflow[from];
        auto& columns = table.columns[workflow];
        auto const copy = [place = share->place[from]](auto& to, auto const& source) {
            for (std::size_t i = 0; i < to.size(); ++i)
                to[i].push_back(source[place * to.size() + i]);
        };
        copy(columns.days, share->days[workflow]);
        copy(columns.numbers, share->numbers[workflow]);
        table.place_in_columns.push_back(columns.size++);
    }
}

void fill_bitmaps(Table& table, Shares const& shares, Sources const& sources) {
    constexpr std::size_t added_at_once = 128;
    std::vector<std::vector<Term>> translated;
    for (Share const& share : shares) {
        auto& terms = translated.emplace_back();
        for (Term term = 0; term < share.terms.size(); ++term) {
            auto const& name = share.terms.name_of(term);
            terms.push_back(table.terms.number_of(name.attribute, name.value));
        }
    }
    table.bitmaps.resize(table.terms.size());
    std::vector<std::vector<Row>> waiting(table.terms.size());
    auto const add = [&](Term term) {
        table.bitmaps[term].addMany(waiting[term].size(), waiting[term].data());
        waiting[term].clear();
    };
    for (Row row = 0; auto const& source : sources) {
        auto const& terms = translated[static_cast<std::size_t>(source.share - shares.data())];
        for (Term const own : source.share->terms_of(source.row)) {
            Term const term = terms[own];
            waiting[term].push_back(row);
            if (waiting[term].size() == added_at_once) add(term);
        }
        ++row;
    }
    for (Term term = 0; term < waiting.size(); ++term) {
        add(term);
        table.bitmaps[term].runOptimize();
        table.bitmaps[term].shrinkToFit();
    }
}

/// Gives numbers to the rows that have none. Returns these rows.
std::vector<Row> fill_numbers(Table& table, Sources const& sources) {
    std::vector<std::pair<Row, std::string_view>> without; // with the prefix
    table.numbers.reserve(sources.size());
    for (Row row = 0; auto const& [share, from] : sources) {
        auto const number = share->number_of(from);
        if (!table.numbers.put(row, number) && !number.empty() && !parts_of_number(number))
            without.emplace_back(row, number);
        ++row;
    }
    Numbers numbers;
    table.numbers.each_highest(
        [&](auto const& prefix, auto counted) { numbers.used(prefix, counted); });
    std::vector<Row> given;
    for (auto const& [row, prefix] : without)
        if (table.numbers.put(row, numbers.next(prefix))) given.push_back(row);
    return given;
}

/// Writes the entries of rows that have been given a number.
Outcome<void> write_numbers(storage::Store& store, Table const& table, std::span<Row const> rows) {
    for (; !rows.empty(); rows = rows.subspan(std::min(rows.size(), limits::entries_made_again))) {
        std::vector<std::string> ids;
        for (Row const row : rows.first(std::min(rows.size(), limits::entries_made_again)))
            ids.emplace_back(table.ids.of(row));
        auto const records = store.instances(ids);
        if (!records) return refusal_of(records.error(), "give numbers");
        std::vector<storage::IndexRecord> made;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            auto const& record = (*records)[i];
            if (!record) return unreadable(ids[i]);
            auto instance = instance_of(record->body);
            auto const* const columns = table.columns_of(instance.workflow);
            if (columns == nullptr) return unreadable(ids[i]);
            instance.number = table.numbers.of(rows[i]);
            made.push_back({ids[i], encode(index_entry_of(columns->indexed, instance))});
        }
        if (auto replaced = store.replace_index(made); !replaced)
            return refusal_of(replaced.error(), "give numbers");
    }
    return {};
}

/// Fills an order from the sources. With `without_never`, omits rows whose time is `never_ms`.
void fill_order(Order& order, Sources const& sources, std::vector<std::int64_t> Share::*keys,
                bool without_never = false) {
    Spots spots;
    spots.reserve(sources.size());
    for (Row row = 0; auto const& source : sources) {
        auto const key_ms = (source.share->*keys)[source.row];
        if (!without_never || key_ms != never_ms) spots.emplace_back(key_ms, row);
        ++row;
    }
    std::sort(spots.begin(), spots.end());
    order = Order(spots.begin(), spots.end());
}

/// Reader of the entries of some partitions. Entries of an earlier format, or made under another
/// declaration, are built again from their instances and replaced in the store.
class Reading {
    /// A stale entry. Its number is kept, since an instance stored before numbers existed has its
    /// number only in its entry.
    struct Stale {
        std::string id, number;
    };

public:
    Reading(storage::Store& store, Share& share) : store_(store), share_(share) {}

    Outcome<void> read(storage::Partitions partitions) {
        std::vector<Stale> stale;
        auto const scanned = store_.scan_index(partitions, [&](auto id, auto record) {
            auto const entry = decode_index_entry(record);
            bool const is_stale = entry ? !is_current(*entry) : is_of_earlier_format(record);
            if (is_stale)
                stale.push_back({std::string(id), entry ? entry->number : std::string()});
            else if (!entry || !share_.add(id, *entry))
                bad_ = id;
            return !bad_;
        });
        if (!scanned) return refusal_of(scanned.error(), "read the index");
        if (bad_) return unreadable(*bad_);
        for (std::span<Stale const> left(stale); !left.empty();) {
            auto const some = left.first(std::min(left.size(), limits::entries_made_again));
            if (auto made = make_again(some); !made) return made;
            left = left.subspan(some.size());
        }
        return {};
    }

private:
    [[nodiscard]] bool is_current(IndexEntry const& entry) const {
        auto const* const columns = share_.table.columns_of(entry.workflow);
        return columns == nullptr || columns->indexed.declaration == entry.declaration;
    }

    Outcome<void> make_again(std::span<Stale const> stale) {
        std::vector<std::string> ids;
        for (auto const& one : stale) ids.push_back(one.id);
        auto const records = store_.instances(ids);
        if (!records) return refusal_of(records.error(), "make index entries again");
        std::vector<storage::IndexRecord> made;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            auto const& record = (*records)[i];
            if (!record) return unreadable(ids[i]);
            auto instance = instance_of(record->body);
            if (instance.number.empty()) instance.number = stale[i].number;
            auto const* const columns = share_.table.columns_of(instance.workflow);
            if (columns == nullptr) return unreadable(ids[i]);
            auto const entry = index_entry_of(columns->indexed, instance);
            static_cast<void>(share_.add(ids[i], entry));
            made.push_back({ids[i], encode(entry)});
        }
        if (auto replaced = store_.replace_index(made); !replaced)
            return refusal_of(replaced.error(), "write index entries again");
        return {};
    }

    storage::Store& store_;
    Share& share_;
    std::optional<std::string> bad_;
};

} // namespace

Outcome<void> load_index(Table& table, storage::Store& store, unsigned threads) {
    std::vector<Share> shares(std::clamp(threads, 1U, 16U), Share(table));
    std::vector<std::optional<Refusal>> refusals(shares.size());
    std::vector<std::function<void()>> works;
    for (unsigned i = 0; i < shares.size(); ++i)
        works.emplace_back([&, i] {
            auto const first = i * storage::partition_count / shares.size();
            auto const end = (i + 1) * storage::partition_count / shares.size();
            auto const read = Reading(store, shares[i])
                                  .read({static_cast<storage::Partition>(first),
                                         static_cast<storage::Partition>(end - 1)});
            if (!read) refusals[i] = read.error();
            shares[i].sort();
        });
    side_by_side(works);
    for (auto& refusal : refusals)
        if (refusal) return std::move(*refusal);

    std::unique_lock const lock(table.mutex);
    if (table.ids.size() > 0) broken("an index is loaded twice");
    auto const sources = by_age(shares);
    std::vector<Row> numbered;
    side_by_side(
        {[&] { fill_ids(table, sources); }, [&] { numbered = fill_numbers(table, sources); },
         [&] { fill_columns(table, sources); }, [&] { fill_bitmaps(table, shares, sources); },
         [&] { fill_order(table.by_due, sources, &Share::due_ms); },
         [&] {
             fill_order(table.by_updated, sources, &Share::updated_ms);
             fill_order(table.by_wake, sources, &Share::wake_ms, true);
         }});
    return write_numbers(store, table, numbered);
}

} // namespace banjie::engine
