#include "engine/index/index_titles.hpp"

#include "engine/text/characters.hpp"

#include <absl/hash/hash.h>
#include <algorithm>
#include <cstring>
#include <utility>

namespace banjie::engine {

namespace {

constexpr std::size_t block_bytes = 1U << 20U;
using Size = std::uint32_t;     // written before a title's bytes
constexpr int bits_of_pair = 4; // one in fifty titles without a word is searched in vain

void add_pair(TitlePairs& pairs, std::uint32_t one, std::uint32_t other) {
    std::uint64_t hash = absl::HashOf(one, other);
    for (int bit = 0; bit < bits_of_pair; ++bit, hash >>= 8U) pairs.set(hash % pairs.size());
}

/// Returns the filter of a text. The filter of a part of a text is a subset of the filter of the
/// text.
TitlePairs pairs_of(std::string_view text) {
    auto const begins_character = [](char byte) { return (byte & 0xC0) != 0x80; };
    TitlePairs pairs;
    std::uint32_t before = 0, now = 0; // bytes of a character
    for (std::size_t at = 0, characters = 0; at <= text.size(); ++at) {
        if (at == text.size() || begins_character(text[at])) {
            if (characters >= 2) add_pair(pairs, before, now);
            ++characters;
            before = std::exchange(now, 0);
        }
        if (at < text.size()) now = now << 8U | static_cast<unsigned char>(text[at]);
    }
    return pairs;
}

} // namespace

void Titles::reserve(std::size_t rows) {
    places_.reserve(rows);
    pairs_.reserve(rows);
}

void Titles::put(std::size_t row, std::string_view title) {
    auto const needed = sizeof(Size) + title.size();
    if (used_bytes_ + needed > size_bytes_) {
        size_bytes_ = std::max(block_bytes, needed);
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(size_bytes_));
        used_bytes_ = 0;
    }
    auto const size = static_cast<Size>(title.size());
    char* const to = blocks_.back().get() + used_bytes_;
    std::memcpy(to, &size, sizeof size);
    std::transform(title.begin(), title.end(), to + sizeof size, small_letter);
    Place const place{static_cast<std::uint32_t>(blocks_.size() - 1),
                      static_cast<std::uint32_t>(used_bytes_)};
    used_bytes_ += needed;
    if (row >= places_.size()) {
        places_.resize(row + 1);
        pairs_.resize(row + 1);
    }
    places_[row] = place;
    pairs_[row] = pairs_of({to + sizeof size, size});
}

std::string_view Titles::of(std::size_t row) const {
    auto const& [block, at] = places_[row];
    char const* const from = blocks_[block].get() + at;
    Size size = 0;
    std::memcpy(&size, from, sizeof size);
    return {from + sizeof size, size};
}

Titles::Search::Search(std::vector<std::string> const& words) : words_(words) {
    for (auto const& word : words) pairs_ |= pairs_of(word);
}

bool Titles::Search::fits(Titles const& titles, std::size_t row) const {
    if ((titles.pairs_[row] & pairs_) != pairs_) return false;
    auto const title = titles.of(row);
    return std::all_of(words_.begin(), words_.end(), [&title](auto const& word) {
        return memmem(title.data(), title.size(), word.data(), word.size()) != nullptr;
    });
}

} // namespace banjie::engine
