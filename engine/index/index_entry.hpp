#pragma once
// What the index knows of an instance: a compact record that the store keeps beside it.

#include "engine/command.hpp"
#include "engine/index/moments.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::engine {

/// Views into the instance, or into the record it was read from.
struct IndexEntry {
    // What happened to a problem so far; part of the record, never renumber.
    static constexpr std::uint64_t handled = 1;    // a result was handed in
    static constexpr std::uint64_t late = 2;       // after its due date
    static constexpr std::uint64_t visited = 4;    // a visit gave its verdicts
    static constexpr std::uint64_t resolved = 8;   // the last one: thoroughly
    static constexpr std::uint64_t satisfied = 16; // the last one: accepted, at least mostly
    static constexpr std::uint64_t reworked = 32;

    std::string_view workflow, state, light, supervision, category, source, region, reporting_unit,
        lead_unit, title;
    std::vector<std::string_view> co_handlers;
    std::vector<std::string> waits_for;
    std::optional<std::int64_t> round;
    Time created{}, updated{};
    std::optional<Time> due, wake;
    std::uint64_t history = 0; // of the bits above
    Days days{};               // of a problem; that of `reported` is that of `created`
};

/// What became of a problem, as rates count it: those with the first bits, without the others.
struct NamedOutcome {
    std::string_view name;
    std::uint64_t with, without;
};
inline constexpr NamedOutcome outcomes[] = {
    {"handled", IndexEntry::handled, 0},
    {"handled_on_time", IndexEntry::handled, IndexEntry::late},
    {"handled_late", IndexEntry::handled | IndexEntry::late, 0},
    {"reworked", IndexEntry::handled | IndexEntry::reworked, 0},
    {"visited", IndexEntry::visited, 0},
    {"resolved", IndexEntry::visited | IndexEntry::resolved, 0},
    {"unresolved", IndexEntry::visited, IndexEntry::resolved},
    {"satisfied", IndexEntry::visited | IndexEntry::satisfied, 0},
    {"dissatisfied", IndexEntry::visited, IndexEntry::satisfied},
};

[[nodiscard]] IndexEntry index_entry_of(Instance const& instance);

/// The record, never to be changed (a later format begins with another byte):
///
///   record  = 1 entry | 2 entry number*5
///             the days of assigned … closed in the order of Moment (0: never, as in the first
///             format)
///   entry   = text*10 list list number number number number number number
///             workflow … title in the order above; co_handlers; waits_for;
///             round + 1 (0: none), created, updated, due + 1, wake + 1 (ms since 1970), history
///   list    = number text*
///   text    = number byte*
///   number  = unsigned LEB128
[[nodiscard]] std::string encode(IndexEntry const& entry);
/// nullopt: not such a record.
[[nodiscard]] std::optional<IndexEntry> decode_index_entry(std::string_view record);

} // namespace banjie::engine
