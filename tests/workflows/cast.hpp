#pragma once
// The people who act in the scenarios, around one township of Yudu in Ganzhou.

#include "workflows/contract/world.hpp"

#include <span>
#include <string>
#include <string_view>

namespace banjie::workflows::testing {

struct Member {
    std::string name; // "county"
    std::string zh;   // "县"
    Actor actor;
};

[[nodiscard]] std::span<Member const> cast();
/// Returns the member of either name; nullptr if there is none.
[[nodiscard]] Actor const* member(std::string_view name);

/// Returns the region or unit of that code: regions are the codes 36…, units are "<region>-<slug>".
/// Every one of them exists.
[[nodiscard]] std::optional<Unit> unit_of(std::string_view code);

} // namespace banjie::workflows::testing
