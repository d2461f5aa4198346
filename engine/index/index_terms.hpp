#pragma once
// What instances are looked up by: values of attributes, each numbered once. Inside of the index.

#include "engine/index/index_entry.hpp"
#include "engine/limits.hpp"

#include <absl/container/flat_hash_map.h>
#include <deque>
#include <span>

namespace banjie::engine {

/// A number. The first ones are shared by all workflows, the rest are given out by AttributesOf.
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
    /// `workflow` counts from 0.
    explicit AttributesOf(std::size_t workflow) : first_(workflow) {}

    [[nodiscard]] Attribute all() const { return at(0); } // of every instance, with an empty value
    [[nodiscard]] Attribute mark() const { return at(1); }
    /// The state of a region of the machine.
    [[nodiscard]] Attribute state(std::size_t region) const { return at(2 + region); }
    /// A tag by its position. If it is a region, its value and every region above it.
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

/// How the values of one workflow are numbered.
struct TermsOf {
    Workflow const* workflow;
    AttributesOf attributes;
};

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

    /// Adds the terms of an entry to `found`, each once, but for groups of attributes in which
    /// `other` is alike; numbers those that are new.
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
