#include "engine/index/index_loading.hpp"

#include "engine/invariant.hpp"
#include "engine/refusal_of.hpp"
#include "storage/store.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>
#include <thread>

namespace banjie::engine {

using Table = InstanceIndex::Table;

namespace {

/// What one thread has read.
struct Share {
    Terms terms;
    std::vector<ShortId> ids;
    std::vector<std::int64_t> created_ms, updated_ms, due_ms, wake_ms;
    std::vector<Days> days;
    std::vector<Term> row_terms;
    std::vector<std::size_t> row_terms_end;
    std::string titles;
    std::vector<std::size_t> titles_end;
    std::vector<Row> by_age;

    [[nodiscard]] bool add(std::string_view id, std::string_view record) {
        auto const entry = decode_index_entry(record);
        if (!entry) return false;
        ids.push_back(short_id(id));
        created_ms.push_back(ms_of(entry->created));
        updated_ms.push_back(ms_of(entry->updated));
        due_ms.push_back(ms_of(entry->due));
        wake_ms.push_back(ms_of(entry->wake));
        days.push_back(entry->days);
        terms.add_all(*entry, nullptr, row_terms);
        row_terms_end.push_back(row_terms.size());
        titles += entry->title;
        titles_end.push_back(titles.size());
        return true;
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
};
using Shares = std::vector<Share>;

/// Where a row of the index comes from.
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

Refusal unreadable() {
    return {RefusalKind::unavailable, "index_unreadable",
            "Expected to read the index, but an entry does not read as one.",
            "Run 'banjie verify', and restore the newest backup."};
}

/// Every one on a thread of its own.
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
    for (auto& column : table.days) column.reserve(sources.size());
    for (Row row = 0; auto const& [share, from] : sources) {
        table.titles.put(row++, share->title_of(from));
        table.updated_ms.push_back(share->updated_ms[from]);
        table.due_ms.push_back(share->due_ms[from]);
        for (std::size_t i = 0; i < table.days.size(); ++i)
            table.days[i].push_back(share->days[from][i]);
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

/// `without_never`: what has no such time is left out.
void fill_order(Order& order, Sources const& sources, std::vector<std::int64_t> Share::*keys,
                bool without_never = false) {
    Places places;
    places.reserve(sources.size());
    for (Row row = 0; auto const& source : sources) {
        auto const key_ms = (source.share->*keys)[source.row];
        if (!without_never || key_ms != never_ms) places.emplace_back(key_ms, row);
        ++row;
    }
    std::sort(places.begin(), places.end());
    order = Order(places.begin(), places.end());
}

} // namespace

Outcome<void> load_index(Table& table, storage::Store& store, unsigned threads) {
    Shares shares(std::clamp(threads, 1U, 16U));
    std::vector<std::optional<Refusal>> refusals(shares.size());
    std::vector<std::function<void()>> works;
    for (unsigned i = 0; i < shares.size(); ++i)
        works.emplace_back([&, i] {
            auto const first = i * storage::partition_count / shares.size();
            auto const end = (i + 1) * storage::partition_count / shares.size();
            bool sound = true;
            auto const scanned = store.scan_index(
                {static_cast<storage::Partition>(first), static_cast<storage::Partition>(end - 1)},
                [&](std::string_view id, std::string_view record) {
                    return sound = shares[i].add(id, record);
                });
            if (!scanned) refusals[i] = refusal_of(scanned.error(), "read the index");
            if (!sound) refusals[i] = unreadable();
            shares[i].sort();
        });
    side_by_side(works);
    for (auto& refusal : refusals)
        if (refusal) return std::move(*refusal);

    std::unique_lock const lock(table.mutex);
    if (table.ids.size() > 0) broken("an index is loaded twice");
    auto const sources = by_age(shares);
    side_by_side({[&] { fill_ids(table, sources); }, [&] { fill_columns(table, sources); },
                  [&] { fill_bitmaps(table, shares, sources); },
                  [&] { fill_order(table.by_due, sources, &Share::due_ms); },
                  [&] {
                      fill_order(table.by_updated, sources, &Share::updated_ms);
                      fill_order(table.by_wake, sources, &Share::wake_ms, true);
                  }});
    return {};
}

} // namespace banjie::engine
