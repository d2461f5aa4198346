#include "workflows/contract/actor.hpp"

#include <algorithm>

namespace banjie::workflows {

namespace {

constexpr std::array<std::string_view, role_count> role_names{
    "reporter", "coordinator", "screener",      "handler",
    "visitor",  "supervisor",  "administrator", "security_administrator",
    "auditor",  "system"};

template <class E>
std::optional<E> named(auto const& names, std::string_view name) {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<E>(found - names.begin());
}

} // namespace

std::string_view name_of(Level level) {
    return level_names.at(static_cast<std::size_t>(level));
}
std::optional<Level> level_named(std::string_view name) {
    return named<Level>(level_names, name);
}
std::string_view name_of(Role role) {
    return role_names.at(static_cast<std::size_t>(role));
}
std::optional<Role> role_named(std::string_view name) {
    return named<Role>(role_names, name);
}

Actor system_actor() {
    return {.user = "system",
            .display_name = "系统",
            .roles = {Role::system},
            .organisation = {},
            .region = {},
            .level = Level::province,
            .of_department = false};
}

} // namespace banjie::workflows
