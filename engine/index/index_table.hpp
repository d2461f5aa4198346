#pragma once
// The table behind the index: a row per instance; columns of the keys by which lists are ordered;
// per workflow, columns of its moments and numbers; and a compressed bitmap of rows per value of
// every attribute. Included only by the index's sources.
//
// Rows are numbered in the order in which instances were created. The table keeps no old values;
// the caller of put() passes the previous entry. A million rows take some 200 MB.

#include "engine/index/index_ids.hpp"
#include "engine/index/index_numbers.hpp"
#include "engine/index/index_page.hpp"
#include "engine/index/index_terms.hpp"
#include "engine/index/index_titles.hpp"
#include "engine/index/instance_index.hpp"
#include "engine/limits.hpp"

#include <shared_mutex>

namespace banjie::engine {

struct InstanceIndex::Table {
    /// The columns of one workflow's instances, indexed by the `place_in_columns` of their row.
    struct Columns {
        IndexedWorkflow indexed;
        AttributesOf attributes;
        std::vector<std::vector<Day>> days;             // by moment
        std::vector<std::vector<std::int64_t>> numbers; // by number; none: 0
        std::uint32_t size = 0;                         // number of its rows

        [[nodiscard]] Workflow const& workflow() const { return *indexed.workflow; }
        [[nodiscard]] TermsOf terms() const { return {indexed.workflow, attributes}; }
        void add_row();
        void set(std::uint32_t place, IndexEntry const& entry);
    };

    explicit Table(Workflows const& workflows);

    /// Adds or replaces an entry. `before` is the previous entry, or nullptr for a new instance.
    void put(std::string_view id, IndexEntry const* before, IndexEntry const& entry);

    /// Returns nullptr if there is no such workflow.
    [[nodiscard]] Columns const* columns_of(std::string_view workflow) const;
    /// Returns the rows with that value; none if no row ever had it.
    [[nodiscard]] Bitmap const& rows(Attribute attribute, std::string_view value = {}) const;
    /// Returns the values of an attribute that begin with the prefix, with their rows.
    [[nodiscard]] std::vector<std::pair<std::string_view, Bitmap const*>>
    values(Attribute attribute, std::string_view prefix = {}) const;

    /// Returns the rows of every workflow that this actor may see.
    [[nodiscard]] Bitmap visible(Actor const& actor) const;
    /// Returns the rows of one workflow that this actor may see.
    [[nodiscard]] Bitmap visible(Actor const& actor, Columns const& columns) const;
    /// Returns whether this actor may see the row. Takes the same steps whatever the answer.
    [[nodiscard]] bool sees(Actor const& actor, Columns const& columns, Row row) const;
    /// Returns whether this actor may see the row, whatever its workflow.
    [[nodiscard]] bool sees(Actor const& actor, Row row) const;
    /// Returns the rows whose main state is final; below, those whose main state is private.
    [[nodiscard]] Bitmap finished(Columns const& columns) const;
    [[nodiscard]] Bitmap private_ones(Columns const& columns) const;
    /// Returns the rows that statistics count.
    [[nodiscard]] Bitmap counted(Actor const& actor, Columns const& columns,
                                 StatisticsQuery const& query) const;
    [[nodiscard]] Bitmap const& with_mark(Columns const& columns, std::string_view name) const;
    /// Returns the rows that a unit handles: those with its code in a tag of a handling unit.
    [[nodiscard]] Bitmap handled_by(Columns const& columns, std::string_view unit) const;
    /// Returns the rows with one of those values of a tag.
    [[nodiscard]] Bitmap tagged(Columns const& columns, std::string_view tag,
                                Texts const& values) const;
    /// Returns those of `rows` to which the moment happened within those days.
    [[nodiscard]] Bitmap happened(Columns const& columns, Bitmap const& rows, std::size_t moment,
                                  DaySpan span) const;

    /// Returns those of `rows` that have the given id or number, have a number that ends with it,
    /// or have all words (in small letters) in their title. Searches the titles of the newest
    /// limits::searched_titles rows only.
    [[nodiscard]] Bitmap narrow_by_words(Bitmap const& rows, std::string_view id,
                                         Texts const& words) const;

    /// Returns the first `count` of `rows` after `after` in that order.
    [[nodiscard]] Spots page(Bitmap const& rows, Sort sort, bool descending,
                             std::optional<Spot> after, std::size_t count) const;

    mutable std::shared_mutex mutex;
    Ids ids;
    std::vector<std::int64_t> updated_ms, due_ms; // by row
    std::vector<std::uint32_t> place_in_columns;  // by row
    Titles titles;                                // by row
    IndexNumbers numbers;                         // by row
    std::vector<Columns> columns;                 // by workflow
    Terms terms;
    std::vector<Bitmap> bitmaps; // by term
    Order by_updated, by_due, by_wake;

private:
    [[nodiscard]] Bitmap in_states(Columns const& columns, bool StateInfo::*kind) const;
};

/// Returns the position of the item with that name, or nullopt.
[[nodiscard]] std::optional<std::size_t> position_of(auto const& infos, std::string_view name) {
    for (std::size_t i = 0; i < infos.size(); ++i)
        if (infos[i].name == name) return i;
    return std::nullopt;
}

/// Returns all row numbers at once, to visit every row: the bitmap's iterator takes five times as
/// long.
[[nodiscard]] std::vector<Row> numbers_of(Bitmap const& rows);
[[nodiscard]] std::int64_t ms_of(std::optional<Time> time);

} // namespace banjie::engine
