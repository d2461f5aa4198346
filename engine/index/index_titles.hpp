#pragma once
// The titles of all instances, in small letters, packed one behind the other. Inside of the index.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// Some bits for each two characters that stand side by side (a Bloom filter): of the titles that
/// do not have a word, few are looked at.
using TitlePairs = std::bitset<256>;

/// Rows are numbered from 0. A changed title leaves its old bytes behind until the next start.
class Titles {
public:
    /// The title of the next row, or of one that is there.
    void put(std::size_t row, std::string_view title);
    [[nodiscard]] std::string_view of(std::size_t row) const;
    void reserve(std::size_t rows);

    /// Words that a title must all have.
    class Search {
    public:
        /// Words in small letters; they outlive it.
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
