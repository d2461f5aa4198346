#include "engine/index/index_numbers.hpp"

#include <algorithm>
#include <charconv>

namespace banjie::engine {

namespace {

constexpr std::size_t least_digits = 3, most_digits = 9;

} // namespace

std::optional<std::size_t> IndexNumbers::prefix_named(std::string_view prefix) const {
    auto const found = std::find(prefixes_.begin(), prefixes_.end(), prefix);
    if (found == prefixes_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - prefixes_.begin());
}

bool IndexNumbers::put(Row row, std::string_view number) {
    if (keys_.size() <= row) keys_.resize(row + 1);
    if (keys_[row] != 0) return true;
    auto const parts = parts_of_number(number);
    if (!parts) return false;
    auto prefix = prefix_named(parts->first);
    if (!prefix) {
        prefix = prefixes_.size();
        prefixes_.emplace_back(parts->first);
        highest_.push_back(0);
    }
    keys_[row] = key_of(*prefix, parts->second);
    if (!rows_.insert(row).second) {
        keys_[row] = 0;
        return false;
    }
    highest_[*prefix] = std::max(highest_[*prefix], parts->second);
    return true;
}

std::string IndexNumbers::of(Row row) const {
    if (row >= keys_.size() || keys_[row] == 0) return {};
    return number_text(prefixes_[(keys_[row] >> 32U) - 1], static_cast<std::uint32_t>(keys_[row]));
}

std::optional<Row> IndexNumbers::find(std::string_view number) const {
    auto const parts = parts_of_number(number);
    auto const prefix = parts ? prefix_named(parts->first) : std::nullopt;
    if (!prefix) return std::nullopt;
    auto const found = rows_.find(key_of(*prefix, parts->second));
    return found == rows_.end() ? std::nullopt : std::optional(*found);
}

std::vector<Row> IndexNumbers::ending_with(std::string_view digits, std::size_t most) const {
    std::vector<Row> found;
    std::uint32_t last = 0;
    auto const* const end = digits.data() + digits.size();
    if (digits.size() < least_digits || digits.size() > most_digits ||
        std::from_chars(digits.data(), end, last).ptr != end)
        return found;
    std::uint64_t step = 1;
    for (std::size_t i = 0; i < digits.size(); ++i) step *= 10;
    for (std::size_t prefix = 0; prefix < prefixes_.size(); ++prefix)
        for (std::uint64_t counted = last; counted <= highest_[prefix] && found.size() < most;
             counted += step)
            if (auto const row = rows_.find(key_of(prefix, static_cast<std::uint32_t>(counted)));
                row != rows_.end())
                found.push_back(*row);
    return found;
}

} // namespace banjie::engine
