#pragma once
// What instances are looked up by: values of attributes, each numbered once. Inside of the index.

#include "engine/index/index_entry.hpp"

#include <absl/container/flat_hash_map.h>
#include <array>
#include <deque>

namespace banjie::engine {

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
inline constexpr std::size_t attribute_count = 13;

/// "problem/handling"
[[nodiscard]] std::string state_key(std::string_view workflow, std::string_view state);

using Term = std::uint32_t;

/// Numbers from 0, in the order in which values first came.
class Terms {
public:
    struct Name {
        Attribute attribute;
        std::string value;
    };

    /// A new one for what has none.
    Term number_of(Attribute attribute, std::string_view value);
    [[nodiscard]] std::optional<Term> find(Attribute attribute, std::string_view value) const;
    /// Of an attribute, those whose values begin so; sorted by value.
    [[nodiscard]] std::vector<Term> beginning(Attribute attribute, std::string_view prefix) const;
    [[nodiscard]] Name const& name_of(Term term) const { return names_[term]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

    /// Adds the terms of an entry to `found`, each once, but for those of attributes in which
    /// `other` is alike; numbers those that are new.
    void add_all(IndexEntry const& entry, IndexEntry const* other, std::vector<Term>& found);

private:
    std::deque<Name> names_;
    absl::flat_hash_map<std::pair<Attribute, std::string_view>, Term> numbers_; // into `names_`
    std::array<std::vector<Term>, attribute_count> of_attribute_;
    std::array<Term, attribute_count> last_{};
};

} // namespace banjie::engine
