#pragma once
// What is derived from a table without MSM: its states, commands and rows as data, the diagram, and
// the checks that a table must pass to compile.

#include "workflows/kit/deadline.hpp"

namespace banjie::workflows::kit {

/// Of every definition `Def`: `initial` (one state per region, New first), `table` (rows).
template <class Row>
using source_of = typename Row::Source;
template <class Row>
using target_of = typename Row::Target;
template <class Row>
using command_of = typename Row::Command;

template <class Def>
using states_of = mp::mp_unique<
    mp::mp_append<typename Def::initial, mp::mp_transform<source_of, typename Def::table>,
                  mp::mp_transform<target_of, typename Def::table>>>;
template <class Def>
using commands_of = mp::mp_unique<mp::mp_transform<command_of, typename Def::table>>;

template <class Def>
inline constexpr auto rows_v = []<class... R>(mp::mp_list<R...>) {
    return std::array{RowInfo{R::Source::name, R::Command::name, R::Target::name, R::Action::name,
                              R::Guard::name, R::Role::name}...};
}(typename Def::table{});

template <class Def>
inline constexpr auto initial_v =
    []<class... S>(mp::mp_list<S...>) { return std::array{S::name...}; }(typename Def::initial{});

/// By index of the state: the region whose initial state leads there; -1 where none does.
template <class Def>
inline constexpr auto regions_v = [] {
    using states = states_of<Def>;
    std::array<int, mp::mp_size<states>::value> regions{};
    regions.fill(-1);
    std::size_t region = 0;
    [&]<class... S>(mp::mp_list<S...>) {
        ((regions[mp::mp_find<states, S>::value] = static_cast<int>(region++)), ...);
    }(typename Def::initial{});
    auto const steps = []<class... R>(mp::mp_list<R...>) {
        return std::array{
            std::pair<std::size_t, std::size_t>{mp::mp_find<states, typename R::Source>::value,
                                                mp::mp_find<states, typename R::Target>::value}...};
    }(typename Def::table{});
    for (bool more = true; more;) {
        more = false;
        for (auto const& [source, target] : steps) {
            if (regions[source] < 0 || regions[target] >= 0) continue;
            regions[target] = regions[source];
            more = true;
        }
    }
    return regions;
}();

template <class Def, class S>
inline constexpr int region_v = regions_v<Def>[mp::mp_find<states_of<Def>, S>::value];

template <class Def, class S>
inline constexpr bool leaves_v = []<class... R>(mp::mp_list<R...>) {
    return ((std::is_same_v<typename R::Source, S> && !std::is_same_v<typename R::Target, S>) ||
            ...);
}(typename Def::table{});

template <class Def>
inline constexpr auto states_v = []<class... S>(mp::mp_list<S...>) {
    return std::array{StateInfo{S::name, S::stage, S::clock, region_v<Def, S>,
                                S::ends || !leaves_v<Def, S>, S::is_private}...};
}(states_of<Def>{});

template <class Def, class C>
inline constexpr bool creates_v = []<class... R>(mp::mp_list<R...>) {
    return ((std::is_same_v<typename R::Source, New> && std::is_same_v<typename R::Command, C>) ||
            ...);
}(typename Def::table{});

template <class Def>
inline constexpr auto commands_v = []<class... C>(mp::mp_list<C...>) {
    return std::array{CommandInfo{C::name, C::event, C::form, creates_v<Def, C>, C::internal,
                                  C::needed_for_end}...};
}(commands_of<Def>{});

template <class Def, class S>
struct UnreachableState : std::bool_constant<(region_v<Def, S> < 0)> {};

template <class Def>
consteval bool names_are_unique() {
    auto const unique = [](auto const& all) {
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (all[i].name == all[j].name) return false;
        return true;
    };
    return unique(states_v<Def>) && unique(commands_v<Def>);
}

/// No two rows alike; and of several rows of one (source, command) only the first may be unguarded,
/// because the last is tried first.
template <class Def>
consteval bool rows_are_distinct() {
    auto const& rows = rows_v<Def>;
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (rows[i].source == rows[j].source && rows[i].command == rows[j].command &&
                rows[i].role == rows[j].role &&
                (rows[i].guard.empty() || rows[i].guard == rows[j].guard))
                return false;
    return true;
}

/// Names the culprits in the compiler's message: they are the list's arguments.
template <class List>
concept Empty = mp::mp_empty<List>::value;

template <class Def>
struct Sound {
    template <class S>
    using Unreachable = UnreachableState<Def, S>;
    static_assert(Empty<mp::mp_copy_if<states_of<Def>, Unreachable>>, "a state is not reachable");
    static_assert(names_are_unique<Def>(), "two states or commands have one name");
    static_assert(rows_are_distinct<Def>(), "two rows are alike, or one can never be chosen");
    static_assert(std::is_same_v<mp::mp_first<typename Def::initial>, New>);
};

template <class Def>
[[nodiscard]] StateInfo const& info_of(std::string_view state) {
    return *std::find_if(states_v<Def>.begin(), states_v<Def>.end(),
                         [&](StateInfo const& info) { return info.name == state; });
}

template <class Def>
std::string mermaid_of() {
    std::string text = "stateDiagram-v2\n";
    for (auto const& row : rows_v<Def>) {
        if (info_of<Def>(row.source).region != 0 || row.source == row.target) continue;
        text += "  " + (row.source == New::name ? "[*]" : std::string(row.source)) + " --> " +
                std::string(row.target) + " : " + std::string(row.command) + "\n";
    }
    for (auto const& state : states_v<Def>)
        if (state.region == 0 && state.final) text += "  " + std::string(state.name) + " --> [*]\n";
    return text;
}

} // namespace banjie::workflows::kit
