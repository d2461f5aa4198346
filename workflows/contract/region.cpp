#include "workflows/contract/region.hpp"

#include <algorithm>

namespace banjie::workflows {

namespace {

constexpr std::array<std::size_t, 4> digits_by_level{9, 6, 4, 2};
constexpr std::size_t slug_characters = 40;

} // namespace

Region::Region(std::string_view code) : size_(static_cast<std::uint8_t>(code.size())) {
    std::copy(code.begin(), code.end(), digits_.begin());
}

std::optional<Region> Region::from(std::string_view code) {
    bool const has_a_level = std::find(digits_by_level.begin(), digits_by_level.end(),
                                       code.size()) != digits_by_level.end();
    if (!has_a_level || code.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return Region(code);
}

std::optional<Region> Region::of_organisation(std::string_view organisation) {
    return from(organisation.substr(0, organisation.find('-')));
}

bool Region::is_organisation(std::string_view code) {
    auto const region = of_organisation(code);
    if (!region) return false;
    if (!is_department(code)) return true;
    auto const slug = code.substr(region->code().size() + 1);
    return !slug.empty() && slug.size() <= slug_characters &&
           slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
               std::string_view::npos;
}

bool Region::is_department(std::string_view organisation) {
    return organisation.find('-') != std::string_view::npos;
}

Level Region::level() const {
    auto const* const found = std::find(digits_by_level.begin(), digits_by_level.end(), size_);
    return static_cast<Level>(found - digits_by_level.begin());
}

std::optional<Region> Region::above() const {
    if (level() == Level::province) return std::nullopt;
    return office_at(static_cast<Level>(static_cast<int>(level()) + 1));
}

Region Region::office_at(Level level) const {
    return Region(code().substr(0, digits_by_level[static_cast<std::size_t>(level)]));
}

} // namespace banjie::workflows
