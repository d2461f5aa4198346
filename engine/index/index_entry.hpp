#pragma once
// A compact record of an instance, which the store keeps beside it for the index. The workflow
// declares which tags, marks, moments and numbers exist; the record refers to them by position.

#include "engine/command.hpp"
#include "engine/index/moments.hpp"
#include "engine/rules/workflow_list.hpp"

#include <absl/container/inlined_vector.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

using workflows::Place;
using workflows::Sight;

/// One value of a tag. A tag that is a list has several values.
struct TagValue {
    std::uint8_t tag = 0; // its position among the workflow's tags
    std::string_view text{};
    std::optional<std::int64_t> number{}; // of an integer, instead of the text

    [[nodiscard]] std::string written() const {
        return number ? std::to_string(*number) : std::string(text);
    }
    friend bool operator==(TagValue const&, TagValue const&) = default;
};

/// An entry of the index. Its texts are views into the instance, or into the record from which it
/// was read.
struct IndexEntry {
    std::uint32_t declaration = 0; // meaning of the positions, see IndexedWorkflow
    std::string_view workflow, title;
    std::string number;                              // empty until it has one
    absl::InlinedVector<std::string_view, 3> states; // by region of the machine, the main one first
    absl::InlinedVector<TagValue, 10> tags;          // by position
    std::vector<std::string> waits_for;              // texts of addresses
    absl::InlinedVector<Place, 4> seen_by;
    std::uint64_t marks = 0;          // one bit each
    absl::InlinedVector<Day, 8> days; // by position of the moment; 0: never
    absl::InlinedVector<std::optional<std::int64_t>, 2> numbers; // by position
    Time created{}, updated{};
    std::optional<Time> due, wake;

    [[nodiscard]] std::string_view state() const {
        return states.empty() ? std::string_view() : states[0];
    }
};

[[nodiscard]] IndexEntry index_entry_of(IndexedWorkflow const& indexed, Instance const& instance);

/// Writes the record. Never change its grammar; a later format begins with another byte.
///
///   record  = 3 declaration text*3 list tags list places number*5 days numbers
///             workflow, title, number; states; tags; waits_for; seen_by; created, updated, due +
///             1, wake + 1 (ms since 1970), marks; moments; numbers
///   tags    = number (position text)*
///   places  = number (sight text)*
///   days    = number number*         since 1970; 0: never
///   numbers = number number*         0: none, else 1 + zigzag
///   list    = number text*
///   text    = number byte*
///   declaration, position, sight, number = unsigned LEB128
///
/// Formats 1 and 2 stored facts of one workflow by name. They are no longer read; such entries are
/// built again from their instances (`InstanceIndex::load`).
[[nodiscard]] std::string encode(IndexEntry const& entry);
/// Returns nullopt if the record is not valid in this format.
[[nodiscard]] std::optional<IndexEntry> decode_index_entry(std::string_view record);
/// Returns whether the record is of an earlier format.
[[nodiscard]] bool is_of_earlier_format(std::string_view record);

} // namespace banjie::engine
