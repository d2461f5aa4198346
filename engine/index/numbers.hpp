#pragma once
// The numbers by which people call instances: "5-0123", "2026-督-0047". An instance gets its number
// in the commit that creates it and keeps it; a number is never given twice, and gaps are fine.

#include "engine/command.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace banjie::engine {

/// Returns what stands before the counted part, "5" or "2026-督": the value of the fact that the
/// workflow declares, or else the year of creation in China, and its letters. Empty for a workflow
/// that keys its instances by a number of its own.
[[nodiscard]] std::string number_prefix(Workflow const& workflow, Fields const& facts,
                                        Time created);
/// Returns "5-0123": at least four digits.
[[nodiscard]] std::string number_text(std::string_view prefix, std::uint32_t counted);
/// Takes such a text apart; nullopt if it is none.
[[nodiscard]] std::optional<std::pair<std::string_view, std::uint32_t>>
parts_of_number(std::string_view text);

/// Gives every number once. Thread-safe.
class Numbers {
public:
    /// Never gives this one or one before it.
    void used(std::string_view prefix, std::uint32_t counted);
    [[nodiscard]] std::string next(std::string_view prefix);

private:
    std::mutex mutex_;
    std::map<std::string, std::uint32_t, std::less<>> last_; // by prefix
};

} // namespace banjie::engine
