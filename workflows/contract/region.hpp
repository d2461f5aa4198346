#pragma once
// Regions by their codes of GB/T 2260, and the codes of organisations, which begin with one.
// Nothing else in the program counts digits or looks for the dash.

#include "workflows/contract/actor.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banjie::workflows {

/// A region: 2 digits name a province, 4 a city, 6 a county, 9 a township. The code of a region
/// begins with the codes of all regions above it. A value; copying allocates nothing.
class Region {
public:
    /// Returns nullopt if the code is not 2, 4, 6 or 9 digits.
    [[nodiscard]] static std::optional<Region> from(std::string_view code);
    /// Returns the region of an organisation, whose code is "<region>" or "<region>-<slug>".
    [[nodiscard]] static std::optional<Region> of_organisation(std::string_view organisation);
    /// Returns whether the code is that of a region, or of a department: "<region>-<slug>", where
    /// the slug has 1 to 40 small letters, digits and dashes.
    [[nodiscard]] static bool is_organisation(std::string_view code);
    /// Returns whether the code of an organisation is that of a department.
    [[nodiscard]] static bool is_department(std::string_view organisation);

    [[nodiscard]] std::string_view code() const { return {digits_.data(), size_}; }
    [[nodiscard]] Level level() const;
    /// Returns the region directly above; nullopt for a province.
    [[nodiscard]] std::optional<Region> above() const;
    /// Returns whether `other` is this region or is within it.
    [[nodiscard]] bool covers(Region const& other) const {
        return other.code().starts_with(code());
    }
    /// Returns the region of that level that covers this one; this one if its level is higher.
    [[nodiscard]] Region office_at(Level level) const;

    friend bool operator==(Region const& one, Region const& other) {
        return one.code() == other.code();
    }

private:
    explicit Region(std::string_view code);

    std::array<char, 9> digits_{};
    std::uint8_t size_ = 0;
};

} // namespace banjie::workflows
