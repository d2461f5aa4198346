#pragma once
// The titles of all instances, in small letters, packed one after another. Private to the index.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// A Bloom filter of each two adjacent characters. It rules out most of the titles that do not
/// contain a word.
using TitlePairs = std::bitset<256>;

/// Column of titles; rows are numbered from 0. A changed title leaves its old bytes allocated until
/// the next start.
class Titles {
public:
    /// Sets the title of the next row, or of an existing one.
    void put(std::size_t row, std::string_view title);
    [[nodiscard]] std::string_view of(std::size_t row) const;
    void reserve(std::size_t rows);

    /// A search for titles that contain all words.
    class Search {
    public:
        /// Keeps a reference to the words, which are in small letters and must outlive the search.
        explicit Search(std::vector<std::string> const& words);
        [[nodiscard]] bool fits(Titles const& titles, std::size_t row) const;

    private:
        std::vector<std::string> const& words_;
        TitlePairs pairs_;
    };

private:
    struct Place {
        std::uint32_t block = 0, at = 0;
    };

    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t used_bytes_ = 0; // of the last block
    std::size_t size_bytes_ = 0; // of the last block
    std::vector<Place> places_;
    std::vector<TitlePairs> pairs_; // by row
};

} // namespace banjie::engine
