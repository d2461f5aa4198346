#pragma once
// The ids of all rows, and the row of each id. Private to the index.

#include <absl/container/flat_hash_set.h>
#include <absl/hash/hash.h>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace banjie::engine {

using Row = std::uint32_t;

/// An id of at most 16 bytes, padded with zeros. A longer id is a broken invariant.
using ShortId = std::array<char, 16>;
[[nodiscard]] ShortId short_id(std::string_view id);
[[nodiscard]] std::string_view text_of(ShortId const& id);

class Ids {
public:
    Ids() = default;
    Ids(Ids const&) = delete; // the set refers to the column
    Ids& operator=(Ids const&) = delete;

    /// Adds the next row. Returns false if the id has a row already.
    [[nodiscard]] bool add(ShortId const& id) {
        ids_.push_back(id);
        bool const is_new = rows_.insert(static_cast<Row>(ids_.size() - 1)).second;
        if (!is_new) ids_.pop_back();
        return is_new;
    }
    [[nodiscard]] std::optional<Row> find(std::string_view id) const {
        if (id.size() > sizeof(ShortId)) return std::nullopt;
        auto const found = rows_.find(short_id(id));
        return found == rows_.end() ? std::nullopt : std::optional(*found);
    }
    [[nodiscard]] std::string_view of(Row row) const { return text_of(ids_[row]); }
    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    void reserve(std::size_t count) {
        ids_.reserve(count);
        rows_.reserve(count);
    }

private:
    struct Look {
        using is_transparent = void;
        std::vector<ShortId> const* ids;
        [[nodiscard]] ShortId const& id(Row row) const { return (*ids)[row]; }
        [[nodiscard]] static ShortId const& id(ShortId const& id) { return id; }
        std::size_t operator()(auto const& one) const { return absl::HashOf(id(one)); }
        bool operator()(auto const& a, auto const& b) const { return id(a) == id(b); }
    };
    std::vector<ShortId> ids_;
    absl::flat_hash_set<Row, Look, Look> rows_{0, Look{&ids_}, Look{&ids_}};
};

} // namespace banjie::engine
