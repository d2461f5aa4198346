#include "engine/index/index_page.hpp"

#include <algorithm>

namespace banjie::engine {

namespace {

constexpr std::size_t walked = 32'768; // places of an order, before all rows are looked at instead

/// Goes along an order that is kept, from where the page begins; nullopt: too far.
std::optional<Places> walk(Order const& order, Bitmap const& rows, bool descending,
                           std::optional<Place> const& after, std::size_t count) {
    Places places;
    std::size_t steps = 0;
    auto const take = [&](Place const& place) {
        if (rows.contains(place.row())) places.push_back(place);
        return places.size() < count && ++steps < walked;
    };
    if (descending) {
        auto at = after ? order.lower_bound(*after) : order.end();
        while (at != order.begin() && take(*--at)) {
        }
        if (places.size() == count || at == order.begin()) return places;
    } else {
        auto at = after ? order.upper_bound(*after) : order.begin();
        while (at != order.end() && take(*at)) ++at;
        if (places.size() == count || at == order.end()) return places;
    }
    return std::nullopt;
}

/// Looks at every row, and keeps the best.
Places choose(std::vector<std::int64_t> const& keys, Bitmap const& rows, bool descending,
              std::optional<Place> const& after, std::size_t count) {
    auto const comes_first = [descending](Place const& a, Place const& b) {
        return descending ? b < a : a < b;
    };
    Places best; // a heap: the last of them in front
    best.reserve(count + 1);
    for (Row const row : rows) {
        Place const place(keys[row], row);
        if (after && !comes_first(*after, place)) continue;
        if (best.size() == count && !comes_first(place, best.front())) continue;
        best.push_back(place);
        std::push_heap(best.begin(), best.end(), comes_first);
        if (best.size() <= count) continue;
        std::pop_heap(best.begin(), best.end(), comes_first);
        best.pop_back();
    }
    std::sort_heap(best.begin(), best.end(), comes_first);
    return best;
}

} // namespace

Places page_by_number(Bitmap const& rows, bool descending, std::optional<Place> const& after,
                      std::size_t count) {
    std::uint64_t begin = 0, end = rows.cardinality(); // of the page, among all that fit
    if (after && descending) end = rows.rank(after->row()) - (rows.contains(after->row()) ? 1 : 0);
    if (after && !descending) begin = rows.rank(after->row());
    if (descending)
        begin = end - std::min<std::uint64_t>(count, end);
    else
        end = std::min<std::uint64_t>(begin + count, end);
    std::vector<Row> numbers(end - begin);
    if (!numbers.empty()) rows.rangeUint32Array(numbers.data(), begin, numbers.size());
    if (descending) std::reverse(numbers.begin(), numbers.end());
    Places places;
    places.reserve(numbers.size());
    for (Row const row : numbers) places.emplace_back(0, row);
    return places;
}

Places page_by_time(Order const& order, std::vector<std::int64_t> const& keys_ms,
                    Bitmap const& rows, bool descending, std::optional<Place> const& after,
                    std::size_t count) {
    bool const are_many = rows.cardinality() > walked;
    if (are_many)
        if (auto places = walk(order, rows, descending, after, count)) return std::move(*places);
    return choose(keys_ms, rows, descending, after, count);
}

} // namespace banjie::engine
