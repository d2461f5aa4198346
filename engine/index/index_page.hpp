#pragma once
// Pages of a list: some rows, in an order, after a given spot. Private to the index.

#include "engine/index/index_ids.hpp"

#include <roaring/roaring.hh>

#include <absl/container/btree_set.h>
#include <limits>

namespace banjie::engine {

using Bitmap = Roaring;

/// Sentinel for "no time"; sorts after every real time.
inline constexpr auto never_ms = std::numeric_limits<std::int64_t>::max();

/// Position of a row in an order by time, from 1970 on. 12 bytes.
class Spot {
public:
    Spot(std::int64_t key_ms, Row row)
        : high_(static_cast<std::uint32_t>(key_ms >> 32U)),
          low_(static_cast<std::uint32_t>(key_ms)), row_(row) {}
    [[nodiscard]] std::int64_t key_ms() const {
        return static_cast<std::int64_t>(std::uint64_t{high_} << 32U | low_);
    }
    [[nodiscard]] Row row() const { return row_; }
    friend auto operator<=>(Spot const&, Spot const&) = default;

private:
    std::uint32_t high_, low_, row_;
};
using Order = absl::btree_set<Spot>;
using Spots = std::vector<Spot>;

/// Returns the first `count` of `rows` after `after`, in the order in which they were created.
[[nodiscard]] Spots page_by_number(Bitmap const& rows, bool descending,
                                   std::optional<Spot> const& after, std::size_t count);
/// Returns the first `count` of `rows` after `after`, in an order by time. `keys_ms` are the times
/// of that order, by row.
[[nodiscard]] Spots page_by_time(Order const& order, std::vector<std::int64_t> const& keys_ms,
                                 Bitmap const& rows, bool descending,
                                 std::optional<Spot> const& after, std::size_t count);

} // namespace banjie::engine
