#pragma once
// The inside of the index: a row per instance, and a compressed bitmap of rows per value of every
// attribute. Shared by instance_index.cpp and figures.cpp; nobody else includes this.

#include "engine/index_entry.hpp"
#include "engine/instance_index.hpp"
#include "engine/limits.hpp"

#include <roaring/roaring.hh>

#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>
#include <array>
#include <deque>
#include <map>
#include <shared_mutex>

namespace banjie::engine {

using Row = std::uint32_t;
using Bitmap = Roaring;

enum class Attribute : std::uint8_t {
    workflow,
    state, // "problem/handling"
    light,
    supervision,
    category,
    source,
    round,
    below, // the region and every region above it
    reporting_unit,
    lead_unit,
    co_handler,
    waits_for,
    history, // "1", "2" … the bits of IndexEntry
};

/// An id of at most 16 bytes, filled up with zeros.
using ShortId = std::array<char, 16>;

using Ordered = absl::btree_set<std::pair<std::int64_t, Row>>;

struct InstanceIndex::Table {
    struct Record {
        ShortId id{};
        std::int64_t created_ms = 0, updated_ms = 0;
        std::int64_t due_ms = 0;  // latest when there is none
        std::int64_t wake_ms = 0; // latest when there is none
        std::string title;
        std::vector<std::uint32_t> terms; // sorted
    };

    void put(std::string_view id, IndexEntry const& entry);

    /// Rows with that value; none when no row ever had it.
    [[nodiscard]] Bitmap const& rows(Attribute attribute, std::string_view value) const;
    /// Values of an attribute that begin so, with their rows.
    [[nodiscard]] std::vector<std::pair<std::string_view, Bitmap const*>>
    values(Attribute attribute, std::string_view prefix) const;
    [[nodiscard]] std::optional<Row> find(std::string_view id) const;
    [[nodiscard]] std::string id_of(Row row) const;
    [[nodiscard]] Ordered const& order(Sort sort) const;
    [[nodiscard]] std::int64_t key_of(Sort sort, Row row) const;

    /// What this actor may see of that workflow.
    [[nodiscard]] Bitmap visible(Actor const& actor, std::string_view workflow) const;
    /// Rows in a state that counts as finished.
    [[nodiscard]] Bitmap finished(Workflow const& workflow) const;

    /// Of `rows`, those that go by that id or have all words (in small letters) in their title;
    /// the newest limits::searched_titles are looked at.
    [[nodiscard]] Bitmap narrow_by_words(Bitmap const& rows, std::string_view id,
                                         Texts const& words) const;

    mutable std::shared_mutex mutex;

private:
    using TermKey = std::pair<Attribute, std::string>;

    std::uint32_t term(Attribute attribute, std::string_view value);
    [[nodiscard]] std::vector<std::uint32_t> terms_of(IndexEntry const& entry);

    std::deque<Record> records_;
    absl::flat_hash_map<ShortId, Row> ids_;
    std::map<TermKey, std::uint32_t> terms_;
    std::deque<Bitmap> bitmaps_; // by term
    Ordered created_, updated_, due_, wakes_;

    friend class InstanceIndex;
};

/// "problem/handling"
[[nodiscard]] std::string state_key(std::string_view workflow, std::string_view state);

} // namespace banjie::engine
