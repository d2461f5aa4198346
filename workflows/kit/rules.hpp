#pragma once
// Rules that a definition must keep to compile. A rule is a variable template whose first argument
// is the culprit, because the first line of the compiler's message prints it: "… due to requirement
// 'a_row_leads_to<Lost, Definition>'".

#include "workflows/kit/facets.hpp"

namespace banjie::workflows::kit {

template <class T, class... Lists>
inline constexpr bool is_among = (mp::mp_contains<Lists, T>::value || ...);
template <class L, class T>
inline constexpr bool only_one_is_called_like = [] {
    int found = 0;
    for (auto const name : names_v<L>) found += name == T::name;
    return found <= 1;
}();
template <class Def>
struct Main {
    template <class S>
    using is_main = mp::mp_bool<regions_v<Def>[index_v<Def, S>] == 0 && !std::is_same_v<S, New>>;
    using states = mp::mp_copy_if<typename Derived<Def>::states, is_main>;
    template <class S>
    using seen_in = sight_of<Def, S>;
    using places = each_member<states, seen_in>;
};

// Rules of states and commands.
template <class S, class Def>
inline constexpr bool a_row_leads_to = regions_v<Def>[index_v<Def, S>] >= 0;
template <class S, class Def>
inline constexpr bool no_other_state_is_called_like =
    only_one_is_called_like<typename Derived<Def>::states, S>;
template <class C, class Def>
inline constexpr bool no_other_command_is_called_like =
    only_one_is_called_like<typename Derived<Def>::commands, C>;
template <class S, class Def>
inline constexpr bool says_who_sees_it = !mp::mp_empty<sight_of<Def, S>>::value;
template <class C, class Def>
inline constexpr bool is_of_this_workflow = [] {
    if constexpr (requires { C::workflow; })
        return C::workflow == Def::name;
    else
        return true;
}();
template <class C>
inline constexpr bool no_other_field_is_called_like = [] {
    for (auto const& field : C::form) {
        int found = 0;
        for (auto const& other : C::form) found += field.name == other.name;
        if (found > 1) return false;
    }
    return true;
}();
template <class C, class S, class Def>
inline constexpr bool the_system_may_give_it_in_state = []<class... R>(mp::mp_list<R...>) {
    return ((std::is_same_v<typename R::Command, C> && std::is_same_v<typename R::Source, S> &&
             is_among<System, typename R::Parties>) ||
            ...);
}(typename Derived<Def>::rows{});

// Rules of facts, clocks and parties.
template <class F, class Def>
inline constexpr bool no_other_fact_is_called_like =
    only_one_is_called_like<typename Derived<Def>::facts, F>;
template <class F, class Def>
inline constexpr bool no_region_is_called_like = [] {
    for (auto const name : names_v<typename Derived<Def>::beside>)
        if (name == F::name) return false;
    return true;
}();
/// The name is reserved for the number of an instance, unless the fact is the key.
template <class F, class Def>
inline constexpr bool is_the_key_if_it_is_called_number =
    F::name != "number" || numbering_of<Def>::numbering.key_fact == "number";
template <class F, class Def>
inline constexpr bool some_action_sets = is_among<F, typename Derived<Def>::facts>;
template <class F, class Def>
inline constexpr bool is_known_from_the_first_event = is_among<F, typename Derived<Def>::sure>;
template <class C, class Def>
inline constexpr bool some_state_runs_or_guard_reads =
    is_among<C, each_member<typename Derived<Def>::states, runs_member>> ||
    is_among<typename C::DueAt, named_by<typename Derived<Def>::guards, reads_member>>;
template <class C, class Def>
inline constexpr bool some_action_starts =
    is_among<C, named_by<typename Derived<Def>::actions, starts_member>>;
template <class P, class Def>
inline constexpr bool no_other_party_is_called_like = only_one_is_called_like<parties_of<Def>, P>;

// Rules of rows: S on C.
template <class C, class S, class Def>
inline constexpr bool command_has_one_on_in_state = []<class... G>(mp::mp_list<G...>) {
    return ((std::is_same_v<source_of<mp::mp_first<G>>, S> &&
             std::is_same_v<command_of<mp::mp_first<G>>, C>)+... +
            0) == 1;
}(typename Derived<Def>::groups{});
/// True if an earlier row admits everyone whom the later one admits, and asks no more than it.
template <class Later, class Earlier>
inline constexpr bool is_shadowed_by =
    mp::mp_empty<mp::mp_set_difference<typename Earlier::If, typename Later::If>>::value &&
    mp::mp_empty<mp::mp_set_difference<typename Later::Parties, typename Earlier::Parties>>::value;
template <class Target, class Command, class Source, bool Chosen>
inline constexpr bool alternative_to_can_be_chosen = Chosen;
template <class C, class S, class Parties>
inline constexpr bool row_says_by_whom = !mp::mp_empty<Parties>::value;
template <class F, class C>
inline constexpr bool field_is_in_the_form_of = is_among<F, fields_member<C>>;
template <class X, class C>
inline constexpr bool is_declared_as_demanded_by = is_among<X, typename C::demands>;
template <class X>
inline constexpr bool demanded_command_demands_nothing = mp::mp_empty<typename X::demands>::value;
template <class X>
inline constexpr bool demanded_command_says_of_which_workflow = requires { X::workflow; };

// Rules of facets.
template <class F>
inline constexpr bool is_a_counted_integer = F::kind == Kind::integer && requires { F::decimals; };
template <class M, class Def>
inline constexpr bool is_among_the_marks = is_among<M, declared<Def, marks_member>>;
template <class M, class Def>
inline constexpr bool is_among_the_moments = is_among<M, declared<Def, moments_member>>;
template <class Def, template <class> class Member, std::size_t Most>
inline constexpr bool declares_at_most = mp::mp_size<declared<Def, Member>>::value <= Most;
template <class C>
using demanded_member = mp::mp_rename<typename C::demands, mp::mp_list>;
template <class R>
using all_parties_member = typename R::Parties;
template <class M>
struct moment_facts {
    using type = mp::mp_list<M>;
};
template <Name Id>
struct moment_facts<CreatedAs<Id>> {
    using type = mp::mp_list<>;
};
template <class M>
using moment_facts_member = typename moment_facts<M>::type;
template <class F>
struct tag_fact : mp::mp_identity<F> {};
template <class F>
struct tag_fact<OfHandlingUnit<F>> : mp::mp_identity<F> {};
template <class F>
using tag_fact_of = typename tag_fact<F>::type;

} // namespace banjie::workflows::kit
