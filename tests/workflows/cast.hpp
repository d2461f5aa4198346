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
/// By either name; nullptr when nobody is called so.
[[nodiscard]] Actor const* member(std::string_view name);

/// Regions are the codes 36…, units are "<region>-<slug>"; every one of them exists.
[[nodiscard]] std::optional<Unit> unit_of(std::string_view code);

} // namespace banjie::workflows::testing
