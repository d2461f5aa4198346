#include "tests/workflows/cast.hpp"

#include <algorithm>
#include <vector>

namespace banjie::workflows::testing {

namespace {

Member make(std::string name, std::string zh, Role role, std::string_view organisation) {
    if (role == Role::system) return {std::move(name), std::move(zh), system_actor()};
    Unit const unit = unit_of(organisation).value();
    Actor actor{.user = name,
                .display_name = zh,
                .roles = {role},
                .organisation = unit.code,
                .region = unit.region,
                .level = unit.level,
                .of_department = unit.department};
    return {std::move(name), std::move(zh), std::move(actor)};
}

std::vector<Member> all_members() {
    return {
        make("township", "镇", Role::reporter, "360731100"),
        make("other_township", "邻镇", Role::reporter, "360731101"),
        make("county_reporter", "县报送员", Role::reporter, "360731"),
        make("city_reporter", "市报送员", Role::reporter, "3607"),
        make("county", "县", Role::coordinator, "360731"),
        make("other_county", "邻县", Role::coordinator, "360702"),
        make("city", "市", Role::coordinator, "3607"),
        make("province", "省", Role::coordinator, "36"),
        make("county_screener", "县发改委", Role::screener, "360731-development-and-reform"),
        make("screener", "省发改委", Role::screener, "36-development-and-reform"),
        make("department", "县交通局", Role::handler, "360731-transport"),
        make("helper", "县财政局", Role::handler, "360731-finance"),
        make("other_department", "邻县交通局", Role::handler, "360702-transport"),
        make("provincial_department", "省交通厅", Role::handler, "36-transport"),
        make("visitor", "回访组", Role::visitor, "36-follow-up"),
        make("own_visitor", "县交通局回访员", Role::visitor, "360731-transport"),
        make("supervisor", "督查室", Role::supervisor, "36"),
        make("administrator", "管理员", Role::administrator, "36"),
        make("system", "系统", Role::system, ""),
    };
}

} // namespace

std::span<Member const> cast() {
    static std::vector<Member> const members = all_members();
    return members;
}

Actor const* member(std::string_view name) {
    for (auto const& one : cast())
        if (one.name == name || one.zh == name) return &one.actor;
    return nullptr;
}

std::optional<Unit> unit_of(std::string_view code) {
    auto const digits = code.substr(0, code.find('-'));
    if (!digits.starts_with("36")) return std::nullopt;
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    auto const level = digits.size() == 2   ? Level::province
                       : digits.size() == 4 ? Level::city
                       : digits.size() == 6 ? Level::county
                                            : Level::township;
    return Unit{std::string(code), std::string(digits), level, digits != code};
}

} // namespace banjie::workflows::testing
