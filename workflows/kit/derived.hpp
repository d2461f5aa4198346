#pragma once
// Derived from a table without MSM: its states, commands, rows, facts, clocks and limits.

#include "workflows/kit/clocks.hpp"

namespace banjie::workflows::kit {

// clang-format off
template <class R> using source_of = typename R::Source;
template <class R> using target_of = typename R::Target;
template <class R> using command_of = typename R::Command;
template <class R> using parties_member = mp::mp_remove<typename R::Parties, System>;
template <class R> using guards_member = typename R::If;
template <class R> using actions_member = typename R::Do;
template <class S> using awaits_member = mp::mp_rename<typename S::awaits, mp::mp_list>;
template <class S> using runs_member = mp::mp_rename<typename S::clocks, mp::mp_list>;
template <class C> using listed_fields = mp::mp_rename<typename C::fields, mp::mp_list>;
template <class C> using fields_member = mp::mp_transform<bare, listed_fields<C>>;
template <class D> using beside_member = mp::mp_rename<typename D::beside, mp::mp_list>;
template <class B> using first_of = typename B::first;
template <class D> using tells_member = typename D::tells;
template <class P> using bare_party_of = typename decltype(bare_party<P>())::type;
// clang-format on

template <class F>
using if_required = mp::mp_if<std::is_same<F, bare<F>>, mp::mp_list<F>, mp::mp_list<>>;
/// Facts that a row always sets.
template <class R>
using sure_after = mp::mp_append<
    named_by<typename R::Do, surely_member>,
    mp::mp_set_intersection<each_member<typename R::Do, keeps_member>,
                            each_member<listed_fields<typename R::Command>, if_required>>>;

template <class Def>
struct Derived {
    using groups = groups_in<typename Def::table>;
    using own_rows = mp::mp_apply<mp::mp_append, groups>;
    using own_states =
        mp::mp_unique<mp::mp_append<mp::mp_list<New>, mp::mp_transform<source_of, own_rows>,
                                    mp::mp_transform<target_of, own_rows>>>;
    using own_actions = each_member<own_rows, actions_member>;
    using clocks = mp::mp_unique<
        mp::mp_append<each_member<own_states, runs_member>, named_by<own_actions, starts_member>>>;
    static constexpr bool timed = !mp::mp_empty<clocks>::value;
    template <class... A>
    using if_timed = mp::mp_if_c<timed, mp::mp_list<A...>, mp::mp_list<>>;

    using rows = mp::mp_append<own_rows, mp::mp_if_c<timed, rows_in<LightTable>, mp::mp_list<>>>;
    using beside = mp::mp_append<if_timed<Beside<"light", OnTime>>,
                                 mp::mp_eval_or<mp::mp_list<>, beside_member, Def>>;
    using initial = mp::mp_push_front<mp::mp_transform<first_of, beside>, New>;
    using states = mp::mp_append<own_states, if_timed<OnTime, DueSoon, Overdue>>;
    using commands = mp::mp_unique<mp::mp_transform<command_of, rows>>;
    using actions = each_member<rows, actions_member>;
    using guards = each_member<rows, guards_member>;
    using parts = mp::mp_append<guards, actions>;
    using limits = named_by<parts, caps_member>;
    using facts =
        mp::mp_unique<mp::mp_append<named_by<actions, writes_member>,
                                    if_timed<DueAt, DueSoonAt, DueClock, DueIsProvisional>>>;
    template <class R>
    using creates = std::is_same<typename R::Source, New>;
    /// Facts that are present from the first event on.
    using sure = mp::mp_apply<mp::mp_set_intersection,
                              mp::mp_transform<sure_after, mp::mp_copy_if<rows, creates>>>;
    /// Parties that may, are awaited or are notified, without the system.
    using parties = mp::mp_unique<mp::mp_transform<
        bare_party_of,
        mp::mp_append<each_member<rows, parties_member>, each_member<states, awaits_member>,
                      mp::mp_eval_or<mp::mp_list<>, tells_member, Def>>>>;
};

template <class Def, class S>
inline constexpr std::size_t index_v = mp::mp_find<typename Derived<Def>::states, S>::value;

/// Returns an array of the results of `make` for each type in a list.
template <class Info, class L>
constexpr auto array_of(auto const& make) {
    return [&]<class... T>(mp::mp_list<T...>) {
        return std::array<Info, sizeof...(T)>{make(mp::mp_identity<T>{})...};
    }(mp::mp_rename<L, mp::mp_list>{});
}
template <class L>
inline constexpr auto names_v =
    array_of<std::string_view, L>([]<class T>(mp::mp_identity<T>) { return T::name; });
template <Name Link, class L>
inline constexpr std::string_view joined_v =
    []<class... P>(mp::mp_list<P...>) { return Joined<"", Link, "", P...>::name; }(L{});

template <class Def>
inline constexpr auto rows_v =
    array_of<RowInfo, typename Derived<Def>::rows>([]<class R>(mp::mp_identity<R>) {
        return RowInfo{R::Source::name,
                       R::Command::name,
                       R::Target::name,
                       joined_v<" and ", typename R::Do>,
                       joined_v<" and ", typename R::If>,
                       joined_v<" or ", typename R::Parties>};
    });

/// Region of each state, by its index: the one whose initial state leads there; -1 if none does.
template <class Def>
inline constexpr auto regions_v = [] {
    using D = Derived<Def>;
    std::array<int, mp::mp_size<typename D::states>::value> regions{};
    regions.fill(-1);
    int region = 0;
    for (auto const state : array_of<std::size_t, typename D::initial>(
             []<class S>(mp::mp_identity<S>) { return index_v<Def, S>; }))
        regions[state] = region++;
    using Step = std::pair<std::size_t, std::size_t>;
    constexpr auto steps = array_of<Step, typename D::rows>([]<class R>(mp::mp_identity<R>) {
        return Step{index_v<Def, typename R::Source>, index_v<Def, typename R::Target>};
    });
    for (std::size_t round = 0; round < steps.size(); ++round)
        for (auto const& [source, target] : steps)
            if (regions[target] < 0) regions[target] = regions[source];
    return regions;
}();

template <class Def>
inline constexpr auto states_v =
    array_of<StateInfo, typename Derived<Def>::states>([]<class S>(mp::mp_identity<S>) {
        bool leaves = false;
        for (auto const& row : rows_v<Def>)
            leaves = leaves || (row.source == S::name && row.target != S::name);
        return StateInfo{S::name,
                         S::stage,
                         joined_v<",", runs_member<S>>,
                         regions_v<Def>[index_v<Def, S>],
                         S::finished || !leaves,
                         S::is_private};
    });

template <class C>
inline constexpr auto demands_v =
    array_of<DemandInfo, typename C::demands>([]<class X>(mp::mp_identity<X>) {
        return DemandInfo{X::workflow, X::name};
    });
template <class Def>
inline constexpr auto commands_v =
    array_of<CommandInfo, typename Derived<Def>::commands>([]<class C>(mp::mp_identity<C>) {
        bool creates = false;
        for (auto const& row : rows_v<Def>)
            creates = creates || (row.source == New::name && row.command == C::name);
        return CommandInfo{C::name,     C::event,          C::form,      creates,
                           C::internal, C::needed_for_end, demands_v<C>, C::covers_earlier};
    });

template <class Def>
inline constexpr auto facts_v =
    array_of<FieldSpec, typename Derived<Def>::facts>([]<class F>(mp::mp_identity<F>) {
        return spec_of<F>(mp::mp_contains<typename Derived<Def>::sure, F>::value);
    });

template <class Def>
inline constexpr auto clocks_v = names_v<
    mp::mp_if_c<Derived<Def>::timed,
                mp::mp_push_back<typename Derived<Def>::clocks, Named<"due_soon">>, mp::mp_list<>>>;

/// Returns the Mermaid diagram of the main region.
[[nodiscard]] std::string mermaid_of(std::span<StateInfo const> states,
                                     std::span<RowInfo const> rows);

} // namespace banjie::workflows::kit
