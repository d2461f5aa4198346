#pragma once
// Terms by which instances are looked up: values of attributes, each with its number. Private to
// the index.

#include "engine/index/index_entry.hpp"
#include "engine/limits.hpp"

#include <absl/container/flat_hash_map.h>
#include <deque>
#include <span>

namespace banjie::engine {

/// Number of an attribute. The first ones are shared by all workflows; the rest are assigned by
/// AttributesOf.
enum class Attribute : std::uint16_t {
    waits_for,
    seen_by_region, // the region of a place and every region above it
    seen_by_unit,
    seen_by_person,
    seen_by_everybody,
    first_of_workflows,
};

/// The attributes of one workflow.
class AttributesOf {
public:
    /// Creates the attributes of the workflow with that position, from 0.
    explicit AttributesOf(std::size_t workflow) : first_(workflow) {}

    [[nodiscard]] Attribute all() const { return at(0); } // of every instance, with an empty value
    [[nodiscard]] Attribute mark() const { return at(1); }
    /// Returns the attribute for the state of a region of the machine.
    [[nodiscard]] Attribute state(std::size_t region) const { return at(2 + region); }
    /// Returns the attribute for a tag by its position. If the tag is a region, the attribute holds
    /// its value and every region above it.
    [[nodiscard]] Attribute tag(std::size_t position) const {
        return at(2 + limits::machine_regions + position);
    }

private:
    static constexpr std::size_t each = 2 + limits::machine_regions + limits::tags;
    [[nodiscard]] Attribute at(std::size_t place) const {
        return static_cast<Attribute>(static_cast<std::size_t>(Attribute::first_of_workflows) +
                                      first_ * each + place);
    }
    std::size_t first_;
};

/// The workflow whose values are numbered, and its attributes.
struct TermsOf {
    Workflow const* workflow;
    AttributesOf attributes;
};

using Term = std::uint32_t;

/// Numbers of values, from 0 in the order in which the values first occurred.
class Terms {
public:
    struct Name {
        Attribute attribute;
        std::string value;
    };

    /// Returns the value's number. Assigns a new one if it has none.
    Term number_of(Attribute attribute, std::string_view value);
    [[nodiscard]] std::optional<Term> find(Attribute attribute, std::string_view value) const;
    /// Returns the terms of an attribute whose values begin with the prefix, sorted by value.
    [[nodiscard]] std::vector<Term> beginning(Attribute attribute, std::string_view prefix) const;
    [[nodiscard]] Name const& name_of(Term term) const { return names_[term]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

    /// Adds the terms of an entry to `found`, each once, except for groups of attributes that are
    /// equal in `other`. Assigns numbers to new terms.
    void add_all(TermsOf const& of, IndexEntry const& entry, IndexEntry const* other,
                 std::vector<Term>& found);

private:
    /// Adds the region's term and those of every region above it.
    void add_region(Attribute attribute, std::string_view code, std::vector<Term>& found);
    void add_place(Place const& place, std::vector<Term>& found);

    struct OfAttribute {
        std::vector<Term> terms;
        Term last = 0;
    };
    OfAttribute& of(Attribute attribute);

    std::deque<Name> names_;
    absl::flat_hash_map<std::pair<Attribute, std::string_view>, Term> numbers_; // into `names_`
    absl::flat_hash_map<Term, std::vector<Term>> above_;                        // of a region's
    std::deque<OfAttribute> of_attribute_;
};

} // namespace banjie::engine
