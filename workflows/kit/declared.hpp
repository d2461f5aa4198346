#pragma once
// What definitions declare their parties with.

#include "workflows/contract/declaration.hpp"
#include "workflows/contract/region.hpp"
#include "workflows/kit/parts.hpp"

namespace banjie::workflows::kit {

/// Lists what has a code, each once.
template <class T>
struct Found {
    std::vector<T> all;
    void add(T one) {
        if (!one.code.empty() && std::find(all.begin(), all.end(), one) == all.end())
            all.push_back(std::move(one));
    }
};

/// Returns the places of the facts of these names.
[[nodiscard]] inline std::vector<Place> places_of(Fields const& facts, char const* region,
                                                  std::initializer_list<char const*> units,
                                                  char const* others = nullptr) {
    Found<Place> found;
    if (region != nullptr)
        found.add({Sight::region, std::string(facts.text(std::string_view(region)))});
    for (std::string_view const unit : units)
        found.add({Sight::unit, std::string(facts.text(unit))});
    if (others != nullptr)
        for (auto const& unit : facts.texts(std::string_view(others)))
            found.add({Sight::unit, unit});
    return std::move(found.all);
}

inline constexpr PartyInfo common_parties[] = {
    {"reporter", "报送单位", "its reporting unit"}, {"lead_unit", "牵头单位", "its lead unit"},
    {"co_handlers", "配合单位", "a co-handler"},    {"coordinator", "协调员", "its coordinator"},
    {"screener", "审核部门", "its screener"},       {"visitor", "回访组", "a follow-up team"}};

[[nodiscard]] inline std::vector<Address> common_addresses(std::string_view to,
                                                           Instance const& instance) {
    auto const& facts = instance.facts;
    auto const region = facts.text("region");
    Found<Address> found;
    if (to == "reporter") found.add({Role::reporter, std::string(facts.text("reporting_unit"))});
    if (to == "lead_unit") found.add({Role::handler, std::string(facts.text("lead_unit"))});
    if (to == "coordinator" || to == "screener")
        found.add({role_named(to), office_at(level_of(facts), region)});
    if (to == "co_handlers")
        for (auto const& unit : facts.texts("co_handlers")) found.add({Role::handler, unit});
    if (to == "visitor")
        for (auto const at : {Level::county, Level::city, Level::province})
            found.add({Role::visitor, office_at(at, region)});
    return std::move(found.all);
}

} // namespace banjie::workflows::kit
