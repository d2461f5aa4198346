#pragma once
// The table as it is written, and the rows that follow from it.
//
//   In<Delivered,
//      On<Verify, FirstOf<To<Verified, If<ItIsComplete>>, To<UnderWay, Do<CountReturn>>>,
//         By<Supervisor>, Do<KeepVerdict>>>
//
// The first alternative that holds wins. `By`, `If` and `Do` come in any order. An alternative adds
// its `If` and `Do` to those of its `On`; its `By` replaces that of its `On`.

#include "workflows/kit/party.hpp"

namespace banjie::workflows::kit {

template <class... Parties>
struct By {
    static consteval bool check() {
        static_assert((is_a_party<Parties> && ...), "By names parties");
        return true;
    }
};
template <class... Guards>
struct If {
    static consteval bool check() {
        static_assert((is_a_guard<Guards> && ...), "a guard reads, and returns a Verdict");
        return true;
    }
};
template <class... Actions>
struct Do {
    static consteval bool check() {
        static_assert((is_an_action<Actions> && ...), "an action returns nothing");
        return true;
    }
};

struct Stay {}; // as a target: the current state
template <class Target, class... Parts>
struct To {};
template <class... Alternatives>
struct FirstOf {};
template <class Command, class Where, class... Parts>
struct On {};
template <class Source, class... Commands>
struct In {};
template <class... States>
struct Each {}; // as a source: the same rows for each of these
template <class... Sources>
struct Table {};

template <class S, class C, class T, class Who, class Guards, class Actions>
struct Row {
    using Source = S;
    using Command = C;
    using Target = T;
    using Parties = mp::mp_rename<Who, mp::mp_list>;
    using If = mp::mp_rename<Guards, mp::mp_list>;
    using Do = mp::mp_rename<Actions, mp::mp_list>;
};

template <class P>
inline constexpr bool is_a_part_of_a_row =
    Is<By>::fn<P>::value || Is<If>::fn<P>::value || Is<Do>::fn<P>::value;
template <class P>
consteval bool check_part() {
    static_assert(is_a_part_of_a_row<P>, "only By, If and Do stand here");
    if constexpr (is_a_part_of_a_row<P>) return P::check();
    return true;
}

template <class S, class C, class T, class Shared, class... Own>
struct row_of;
template <class S, class C, class T, class... Shared, class... Own>
struct row_of<S, C, T, mp::mp_list<Shared...>, Own...> {
    static_assert((check_part<Shared>() && ...) && (check_part<Own>() && ...));
    using own_party = option<By, Own...>;
    using party =
        std::conditional_t<std::is_same_v<own_party, By<>>, option<By, Shared...>, own_party>;
    using type = Row<S, C, std::conditional_t<std::is_same_v<T, Stay>, S, T>, party,
                     option<If, Own..., Shared...>, option<Do, Shared..., Own...>>;
};
template <class S, class C, class Shared, class Alternative>
struct alternative;
template <class S, class C, class Shared, class T, class... Own>
struct alternative<S, C, Shared, To<T, Own...>> : row_of<S, C, T, Shared, Own...> {};

/// Groups of rows: one for each `On`.
template <class Source, class Written>
struct written;
template <class S, class C, class T, class... Parts>
struct written<S, On<C, T, Parts...>> {
    using type = mp::mp_list<mp::mp_list<typename row_of<S, C, T, mp::mp_list<Parts...>>::type>>;
};
template <class S, class C, class... A, class... Parts>
struct written<S, On<C, FirstOf<A...>, Parts...>> {
    using shared = mp::mp_list<Parts...>;
    using type = mp::mp_list<mp::mp_list<typename alternative<S, C, shared, A>::type...>>;
};
template <class S, class... Ons>
struct written<void, In<S, Ons...>> {
    using type = mp::mp_append<mp::mp_list<>, typename written<S, Ons>::type...>;
};
template <class... S, class... Ons>
struct written<void, In<Each<S...>, Ons...>> {
    using type = mp::mp_append<typename written<void, In<S, Ons...>>::type...>;
};
template <class... Ins>
struct written<void, Table<Ins...>> {
    using type = mp::mp_append<typename written<void, Ins>::type...>;
};
template <class T>
using groups_in = typename written<void, T>::type;
template <class T>
using rows_in = mp::mp_apply<mp::mp_append, groups_in<T>>;

} // namespace banjie::workflows::kit
