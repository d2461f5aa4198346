#pragma once
// The numbers of all rows, and the row of each number. Private to the index.

#include "engine/index/index_ids.hpp"
#include "engine/index/numbers.hpp"

#include <string>
#include <vector>

namespace banjie::engine {

/// Column of numbers; rows are numbered from 0. Uses 13 bytes per row.
class IndexNumbers {
public:
    IndexNumbers() = default;
    IndexNumbers(IndexNumbers const&) = delete; // the set refers to the column
    IndexNumbers& operator=(IndexNumbers const&) = delete;

    /// Sets the number of the next row, or of a row that has none. Ignores a number that is empty
    /// or taken. Returns whether the row has a number now.
    bool put(Row row, std::string_view number);
    /// Returns the number of a row; empty if it has none.
    [[nodiscard]] std::string of(Row row) const;
    [[nodiscard]] std::optional<Row> find(std::string_view number) const;
    /// Returns at most `most` rows whose number ends with these digits. Returns none for fewer than
    /// three digits.
    [[nodiscard]] std::vector<Row> ending_with(std::string_view digits, std::size_t most) const;
    /// Calls `tell` with every prefix and the highest number under it.
    void each_highest(auto tell) const {
        for (std::size_t i = 0; i < prefixes_.size(); ++i) tell(prefixes_[i], highest_[i]);
    }
    void reserve(std::size_t rows) {
        keys_.reserve(rows);
        rows_.reserve(rows);
    }

private:
    using Key = std::uint64_t; // position of the prefix + 1, then the counted part; 0: none
    [[nodiscard]] static Key key_of(std::size_t prefix, std::uint32_t counted) {
        return (static_cast<Key>(prefix) + 1) << 32U | counted;
    }
    [[nodiscard]] std::optional<std::size_t> prefix_named(std::string_view prefix) const;

    struct Look {
        using is_transparent = void;
        std::vector<Key> const* keys;
        [[nodiscard]] Key key(Row row) const { return (*keys)[row]; }
        [[nodiscard]] static Key key(Key key) { return key; }
        std::size_t operator()(auto one) const { return absl::HashOf(key(one)); }
        bool operator()(auto a, auto b) const { return key(a) == key(b); }
    };
    std::vector<Key> keys_;
    absl::flat_hash_set<Row, Look, Look> rows_{0, Look{&keys_}, Look{&keys_}};
    std::vector<std::string> prefixes_;
    std::vector<std::uint32_t> highest_; // by prefix
};

} // namespace banjie::engine
