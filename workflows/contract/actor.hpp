#pragma once
// Who gives a command.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace banjie::workflows {

/// Administrative levels, lowest first.
enum class Level : std::uint8_t { township, county, city, province };

inline constexpr std::array<std::string_view, 4> level_names{"township", "county", "city",
                                                             "province"};
[[nodiscard]] std::string_view name_of(Level level);
[[nodiscard]] std::optional<Level> level_named(std::string_view name);

enum class Role : std::uint8_t {
    reporter,               // reports and supplements for the own unit
    coordinator,            // screens, assigns, presses, closes at the level of the own office
    screener,               // screens for a functional department
    handler,                // handles for a unit
    visitor,                // follow-up team
    supervisor,             // reads widely, presses
    administrator,          // organisations, accounts, calendar, policy
    security_administrator, // rights, keys, security policy: apart from the former, where a
                            // province separates them
    auditor,                // reads what both have done
    system,                 // timers and consequences; no account can hold it
};
inline constexpr std::size_t role_count = 10;

[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::optional<Role> role_named(std::string_view name);

class Roles {
public:
    constexpr Roles() = default;
    constexpr Roles(std::initializer_list<Role> roles) {
        for (Role role : roles) add(role);
    }
    constexpr void add(Role role) { bits_ = static_cast<std::uint16_t>(bits_ | bit(role)); }
    [[nodiscard]] constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(Roles, Roles) = default;

private:
    static constexpr std::uint16_t bit(Role role) {
        return static_cast<std::uint16_t>(1U << static_cast<unsigned>(role));
    }
    std::uint16_t bits_ = 0;
};

/// Who gives a command, resolved by the engine from a session. `region` is a GB/T 2260 code (2
/// digits province, 4 city, 6 county, 9 township); what lies below a region has its code as a
/// prefix.
struct Actor {
    std::string user; // account name; "system" for timers
    std::string display_name;
    Roles roles;
    std::string organisation; // code of the own organisation: a region's code, or "<region>-<slug>"
    std::string region;       // region of the own organisation
    Level level = Level::township;
    bool separated = false;     // the installation keeps its administrators apart
    bool of_department = false; // the organisation is a department, not a region's government

    [[nodiscard]] bool has(Role role) const { return roles.has(role); }
    /// Returns whether the code (of a region or an organisation) is its region or below.
    [[nodiscard]] bool covers(std::string_view code) const { return code.starts_with(region); }
};

[[nodiscard]] Actor system_actor();

} // namespace banjie::workflows
