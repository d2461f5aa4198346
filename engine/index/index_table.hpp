#pragma once
// The inside of the index: a row per instance, columns of what lists are ordered by, and a
// compressed bitmap of rows per value of every attribute. Only the index's own sources include
// this.
//
// Rows are numbered in the order in which instances were created. Nothing is kept twice: what a row
// was before, says whoever changes it. A million rows take some 200 MB.

#include "engine/index/index_ids.hpp"
#include "engine/index/index_page.hpp"
#include "engine/index/index_terms.hpp"
#include "engine/index/index_titles.hpp"
#include "engine/index/instance_index.hpp"
#include "engine/limits.hpp"

#include <shared_mutex>

namespace banjie::engine {

struct InstanceIndex::Table {
    /// `before`: what the entry was; nullptr for a new instance.
    void put(std::string_view id, IndexEntry const* before, IndexEntry const& entry);

    /// Rows with that value; none when no row ever had it.
    [[nodiscard]] Bitmap const& rows(Attribute attribute, std::string_view value) const;
    /// Values of an attribute that begin so, with their rows.
    [[nodiscard]] std::vector<std::pair<std::string_view, Bitmap const*>>
    values(Attribute attribute, std::string_view prefix) const;

    /// What this actor may see of that workflow.
    [[nodiscard]] Bitmap visible(Actor const& actor, std::string_view workflow) const;
    /// The same for one row, with the same steps whatever the answer.
    [[nodiscard]] bool sees(Actor const& actor, std::string_view workflow, Row row) const;
    /// Rows in a state that counts as finished.
    [[nodiscard]] Bitmap finished(Workflow const& workflow) const;
    /// What statistics count.
    [[nodiscard]] Bitmap counted(Actor const& actor, StatisticsQuery const& query) const;
    /// Rows with that outcome (index_entry.hpp).
    [[nodiscard]] Bitmap with_outcome(std::string_view name) const;
    /// Of `rows`, those to which that happened in those days.
    [[nodiscard]] Bitmap happened(Bitmap const& rows, Happened const& when) const;

    /// Of `rows`, those that go by that id or have all words (in small letters) in their title;
    /// the newest limits::searched_titles are looked at.
    [[nodiscard]] Bitmap narrow_by_words(Bitmap const& rows, std::string_view id,
                                         Texts const& words) const;

    /// Of `rows`, the first `count` behind `after` in that order.
    [[nodiscard]] Places page(Bitmap const& rows, Sort sort, bool descending,
                              std::optional<Place> after, std::size_t count) const;

    mutable std::shared_mutex mutex;
    Ids ids;
    std::vector<std::int64_t> updated_ms, due_ms;           // by row
    std::array<std::vector<Day>, moment_names.size()> days; // by Moment, by row
    Titles titles;                                          // by row
    Terms terms;
    std::vector<Bitmap> bitmaps; // by term
    Order by_updated, by_due, by_wake;
};

/// All of them at once, for a look at every one: a bitmap's iterator takes five times as long.
[[nodiscard]] std::vector<Row> numbers_of(Bitmap const& rows);
[[nodiscard]] std::int64_t ms_of(std::optional<Time> time);

} // namespace banjie::engine
