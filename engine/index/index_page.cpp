#include "engine/index/index_page.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

constexpr std::size_t walked = 32'768; // steps along an order before all rows are checked instead

/// Walks along the order from the start of the page. Returns nullopt if that takes too many steps.
std::optional<Spots> walk(Order const& order, Bitmap const& rows, bool descending,
                          std::optional<Spot> const& after, std::size_t count) {
    Spots spots;
    std::size_t steps = 0;
    auto const take = [&](Spot const& spot) {
        if (rows.contains(spot.row())) spots.push_back(spot);
        return spots.size() < count && ++steps < walked;
    };
    if (descending) {
        auto at = after ? order.lower_bound(*after) : order.end();
        while (at != order.begin() && take(*--at)) {
        }
        if (spots.size() == count || at == order.begin()) return spots;
    } else {
        auto at = after ? order.upper_bound(*after) : order.begin();
        while (at != order.end() && take(*at)) ++at;
        if (spots.size() == count || at == order.end()) return spots;
    }
    return std::nullopt;
}

/// Checks every row, and keeps the first `count`.
Spots choose(std::vector<std::int64_t> const& keys, Bitmap const& rows, bool descending,
             std::optional<Spot> const& after, std::size_t count) {
    auto const comes_first = [descending](Spot const& a, Spot const& b) {
        return descending ? b < a : a < b;
    };
    Spots best; // a heap: the last of them in front
    best.reserve(count + 1);
    for (Row const row : rows) {
        Spot const spot(keys[row], row);
        if (after && !comes_first(*after, spot)) continue;
        if (best.size() == count && !comes_first(spot, best.front())) continue;
        best.push_back(spot);
        std::push_heap(best.begin(), best.end(), comes_first);
        if (best.size() <= count) continue;
        std::pop_heap(best.begin(), best.end(), comes_first);
        best.pop_back();
    }
    std::sort_heap(best.begin(), best.end(), comes_first);
    return best;
}

} // namespace

Spots page_by_number(Bitmap const& rows, bool descending, std::optional<Spot> const& after,
                     std::size_t count) {
    std::uint64_t begin = 0, end = rows.cardinality(); // of the page, among all rows
    if (after && descending) end = rows.rank(after->row()) - (rows.contains(after->row()) ? 1 : 0);
    if (after && !descending) begin = rows.rank(after->row());
    if (descending)
        begin = end - std::min<std::uint64_t>(count, end);
    else
        end = std::min<std::uint64_t>(begin + count, end);
    std::vector<Row> numbers(end - begin);
    if (!numbers.empty()) rows.rangeUint32Array(numbers.data(), begin, numbers.size());
    if (descending) std::reverse(numbers.begin(), numbers.end());
    Spots spots;
    spots.reserve(numbers.size());
    for (Row const row : numbers) spots.emplace_back(0, row);
    return spots;
}

Spots page_by_time(Order const& order, std::vector<std::int64_t> const& keys_ms, Bitmap const& rows,
                   bool descending, std::optional<Spot> const& after, std::size_t count) {
    bool const are_many = rows.cardinality() > walked;
    if (are_many)
        if (auto spots = walk(order, rows, descending, after, count)) return std::move(*spots);
    return choose(keys_ms, rows, descending, after, count);
}

} // namespace banjie::engine
