#pragma once
// Numbers by which people refer to instances: "5-0123", "2026-督-0047". An instance gets its number
// in the commit that creates it and keeps it. A number is never given twice; gaps are allowed.

#include "engine/command.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace banjie::engine {

/// Returns the prefix of the counted part, "5" or "2026-督": the value of the fact that the
/// workflow declares, or else the year of creation in China, followed by its letters. Returns an
/// empty text for a workflow whose instances are keyed by a number of their own.
[[nodiscard]] std::string number_prefix(Workflow const& workflow, Fields const& facts,
                                        Time created);
/// Returns the number as text, such as "5-0123", with at least four digits.
[[nodiscard]] std::string number_text(std::string_view prefix, std::uint32_t counted);
/// Splits such a text. Returns nullopt if it is not a number.
[[nodiscard]] std::optional<std::pair<std::string_view, std::uint32_t>>
parts_of_number(std::string_view text);

/// Counter that gives every number once. Thread-safe.
class Numbers {
public:
    /// Marks this number and all before it as used; `next` never returns them.
    void used(std::string_view prefix, std::uint32_t counted);
    [[nodiscard]] std::string next(std::string_view prefix);

private:
    std::mutex mutex_;
    std::map<std::string, std::uint32_t, std::less<>> last_; // by prefix
};

} // namespace banjie::engine
