#pragma once
// Evaluation of the signatures of parts: whether a part is a guard, an action or a mark, what it
// reads, asks for, writes and demands, and how it is called.

#include "workflows/kit/parts.hpp"

namespace banjie::workflows::kit {

template <class>
struct signature {
    using result = void*;
    using parameters = mp::mp_list<void>;
};
template <class R, class Part, class... P>
struct signature<R (Part::*)(P...) const> {
    using result = R;
    using parameters = mp::mp_list<std::remove_cvref_t<P>...>;
};
template <class Part>
constexpr auto signature_of() {
    if constexpr (requires { &Part::operator(); })
        return signature<decltype(&Part::operator())>{};
    else
        return signature<void>{};
}
template <class Part>
using result_of = typename decltype(signature_of<Part>())::result;
template <class Part>
using parameters = typename decltype(signature_of<Part>())::parameters;

// The names that a parameter, or a whole part, reads, asks for, writes and demands.
// clang-format off
template <class P> using reads_member = typename P::reads;
template <class P> using asks_member = typename P::asks;
template <class P> using caps_member = typename P::caps;
template <class P> using writes_member = typename P::writes;
template <class P> using surely_member = typename P::surely;
template <class P> using demands_member = typename P::demands;
template <class P> using starts_member = typename P::starts;
template <class P> using facts_member = typename P::facts;
template <class P> using keeps_member = typename P::keeps;
template <class P> using parameters_member = parameters<P>;
// clang-format on
template <template <class> class Member>
struct member_or_none {
    template <class P>
    using fn = mp::mp_eval_or<mp::mp_list<>, Member, P>;
};
/// `Member` of all in a list that have it, each once.
template <class L, template <class> class Member>
using each_member = mp::mp_unique<
    mp::mp_apply<mp::mp_append,
                 mp::mp_push_front<mp::mp_transform_q<member_or_none<Member>, L>, mp::mp_list<>>>>;
/// The names under `Member` in the signatures of all parts in a list, each once.
template <class Parts, template <class> class Member>
using named_by = each_member<each_member<Parts, parameters_member>, Member>;

template <class P>
using only_reads = mp::mp_bool<std::is_same_v<P, Case> || requires { typename P::reads; } ||
                               requires { typename P::asks; } || requires { typename P::caps; }>;
template <class P>
using reads_or_writes = mp::mp_bool<only_reads<P>::value || requires { typename P::writes; } ||
                                    requires { typename P::demands; }>;
template <class P>
using reads_facts = mp::mp_bool<requires { typename P::reads; }>;
template <class G>
inline constexpr bool is_a_guard =
    std::is_same_v<result_of<G>, Verdict> && mp::mp_all_of<parameters<G>, only_reads>::value;
template <class A>
inline constexpr bool is_an_action =
    std::is_same_v<result_of<A>, void> && mp::mp_all_of<parameters<A>, reads_or_writes>::value;
template <class M>
inline constexpr bool is_a_mark =
    std::is_same_v<result_of<M>, bool> && mp::mp_all_of<parameters<M>, reads_facts>::value;

/// Calls a part with the arguments that its signature names.
template <class Part, class Source>
auto call(Source const& source) {
    auto const make = []<class P>(mp::mp_identity<P>, auto const& from) -> decltype(auto) {
        if constexpr (std::is_same_v<P, Case>)
            return (from.here);
        else
            return P(from);
    };
    return [&]<class... P>(mp::mp_list<P...>) {
        return Part{}(make(mp::mp_identity<P>{}, source)...);
    }(parameters<Part>{});
}

} // namespace banjie::workflows::kit
