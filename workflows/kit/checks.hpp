#pragma once
// Checks of the rules of workflows/kit/rules.hpp. Each check returns what it has asserted, so that
// the compiler makes no machine while a rule is broken, and reports little else.

#include "workflows/kit/rules.hpp"

namespace banjie::workflows::kit {

/// Returns whether the rule holds for every member of a list.
template <class L>
consteval bool keep(auto rule) {
    return [&]<class... A>(mp::mp_list<A...>) {
        return (rule(mp::mp_identity<A>{}) && ...);
    }(mp::mp_rename<L, mp::mp_list>{});
}
/// Checks the rows of one `On` in order, each against those before it.
template <class... Before>
consteval bool rule_of_alternatives(mp::mp_list<Before...>, mp::mp_list<>) {
    return true;
}
template <class... Before, class R, class... Left>
consteval bool rule_of_alternatives(mp::mp_list<Before...>, mp::mp_list<R, Left...>) {
    constexpr bool chosen = !(is_shadowed_by<R, Before> || ...);
    static_assert(alternative_to_can_be_chosen<typename R::Target, typename R::Command,
                                               typename R::Source, chosen>,
                  "an alternative above it always wins");
    return rule_of_alternatives(mp::mp_list<Before..., R>{}, mp::mp_list<Left...>{}) && chosen;
}

template <class Def>
consteval bool rules_of_states() {
    bool const kept = keep<typename Derived<Def>::states>([]<class S>(mp::mp_identity<S>) {
        static_assert(a_row_leads_to<S, Def>, "a state that cannot be reached");
        static_assert(no_other_state_is_called_like<S, Def>, "two states of one name");
        bool woken = true;
        [&]<class... W>(Wakes<W...>) {
            if constexpr (sizeof...(W) == 2) {
                using C = mp::mp_second<mp::mp_list<W...>>;
                static_assert(the_system_may_give_it_in_state<C, S, Def>,
                              "give it a row By<System>");
                woken = the_system_may_give_it_in_state<C, S, Def>;
            }
        }(typename S::wakes{});
        return a_row_leads_to<S, Def> && no_other_state_is_called_like<S, Def> && woken;
    });
    return kept && keep<typename Main<Def>::states>([]<class S>(mp::mp_identity<S>) {
               static_assert(says_who_sees_it<S, Def>, "give it, or the definition, a SeenBy");
               return says_who_sees_it<S, Def>;
           });
}

template <class Def>
consteval bool rules_of_commands() {
    return keep<typename Derived<Def>::commands>([]<class C>(mp::mp_identity<C>) {
        static_assert(no_other_command_is_called_like<C, Def>, "two commands of one name");
        static_assert(is_of_this_workflow<C, Def>, "its Of names another workflow");
        static_assert(no_other_field_is_called_like<C>, "its form has two fields of one name");
        return no_other_command_is_called_like<C, Def> && is_of_this_workflow<C, Def> &&
               no_other_field_is_called_like<C>;
    });
}

/// Every fact that something reads.
template <class Def>
using facts_read =
    mp::mp_unique<mp::mp_append<named_by<typename Derived<Def>::parts, reads_member>,
                                named_by<declared<Def, marks_member>, reads_member>,
                                each_member<typename Main<Def>::places, facts_member>,
                                each_member<parties_of<Def>, facts_member>,
                                each_member<mp::mp_list<numbering_of<Def>>, facts_member>,
                                mp::mp_transform<tag_fact_of, declared<Def, tags_member>>,
                                declared<Def, numbers_member>,
                                each_member<declared<Def, moments_member>, moment_facts_member>>>;

template <class Def>
consteval bool rules_of_facts() {
    bool kept = keep<typename Derived<Def>::facts>([]<class F>(mp::mp_identity<F>) {
        static_assert(no_other_fact_is_called_like<F, Def>, "two facts of one name");
        static_assert(no_region_is_called_like<F, Def>, "the JSON has a member of this name");
        static_assert(is_the_key_if_it_is_called_number<F, Def>, "rename it");
        return no_other_fact_is_called_like<F, Def> && no_region_is_called_like<F, Def> &&
               is_the_key_if_it_is_called_number<F, Def>;
    });
    kept = kept && keep<facts_read<Def>>([]<class F>(mp::mp_identity<F>) {
               static_assert(some_action_sets<F, Def>, "it is read, and nothing sets it");
               return some_action_sets<F, Def>;
           });
    return kept && keep<typename Main<Def>::places>([]<class W>(mp::mp_identity<W>) {
               if constexpr (requires { W::region; }) {
                   using F = mp::mp_back<typename W::facts>;
                   static_assert(
                       is_known_from_the_first_event<F, Def>,
                       "who sees it hangs on this: each row from New must set it for sure");
                   return is_known_from_the_first_event<F, Def>;
               } else {
                   return true;
               }
           });
}

template <class Def>
consteval bool rules_of_clocks_and_parties() {
    bool const kept = keep<typename Derived<Def>::clocks>([]<class C>(mp::mp_identity<C>) {
        static_assert(some_state_runs_or_guard_reads<C, Def>, "a clock that nothing looks at");
        static_assert(some_action_starts<C, Def>, "a clock that no action starts");
        return some_state_runs_or_guard_reads<C, Def> && some_action_starts<C, Def>;
    });
    return kept && keep<parties_of<Def>>([]<class P>(mp::mp_identity<P>) {
               static_assert(no_other_party_is_called_like<P, Def>, "two parties of one name");
               return no_other_party_is_called_like<P, Def>;
           });
}

template <class R>
consteval bool rules_of_row() {
    using C = typename R::Command;
    using parts = mp::mp_append<typename R::If, typename R::Do>;
    static_assert(row_says_by_whom<C, typename R::Source, typename R::Parties>, "add a By");
    bool kept = row_says_by_whom<C, typename R::Source, typename R::Parties>;
    kept =
        kept && keep<named_by<parts, asks_member>>([]<class F>(mp::mp_identity<F>) {
            static_assert(field_is_in_the_form_of<F, C>, "a part of its row asks for this field");
            return field_is_in_the_form_of<F, C>;
        });
    return kept && keep<named_by<typename R::Do, demands_member>>([]<class X>(mp::mp_identity<X>) {
               static_assert(is_declared_as_demanded_by<X, C>, "add it to the command's Demands");
               return is_declared_as_demanded_by<X, C>;
           });
}
template <class Def>
consteval bool rules_of_demands() {
    return keep<each_member<typename Derived<Def>::commands, demanded_member>>(
        []<class X>(mp::mp_identity<X>) {
            static_assert(demanded_command_says_of_which_workflow<X>, "add an Of");
            static_assert(demanded_command_demands_nothing<X>, "a consequence has no consequences");
            return demanded_command_says_of_which_workflow<X> &&
                   demanded_command_demands_nothing<X>;
        });
}

template <class Def>
consteval bool rules_of_rows() {
    bool const kept = keep<typename Derived<Def>::rows>(
        []<class R>(mp::mp_identity<R>) { return rules_of_row<R>(); });
    return kept && keep<typename Derived<Def>::groups>([]<class G>(mp::mp_identity<G>) {
               using S = source_of<mp::mp_first<G>>;
               using C = command_of<mp::mp_first<G>>;
               static_assert(command_has_one_on_in_state<C, S, Def>, "join them as one FirstOf");
               return command_has_one_on_in_state<C, S, Def> &&
                      rule_of_alternatives(mp::mp_list<>{}, G{});
           });
}

template <class Def>
consteval bool rules_of_facets() {
    static_assert(declares_at_most<Def, tags_member, 16>);
    static_assert(declares_at_most<Def, marks_member, 64>);
    static_assert(declares_at_most<Def, moments_member, 8>);
    static_assert(declares_at_most<Def, numbers_member, 8>);
    static_assert(declares_at_most<Def, rates_member, 8>);
    bool kept = keep<each_member<declared<Def, moments_member>, moment_facts_member>>(
        []<class F>(mp::mp_identity<F>) {
            static_assert(is_of_kind<F, Kind::time>, "a moment is a fact of time");
            return is_of_kind<F, Kind::time>;
        });
    kept = kept && keep<declared<Def, numbers_member>>([]<class F>(mp::mp_identity<F>) {
               static_assert(is_a_counted_integer<F>, "give it a Counted");
               return is_a_counted_integer<F>;
           });
    return kept && keep<declared<Def, rates_member>>([]<class R>(mp::mp_identity<R>) {
               static_assert(is_among_the_marks<typename R::part, Def>, "add it to the marks");
               static_assert(is_among_the_marks<typename R::whole, Def>, "add it to the marks");
               static_assert(is_among_the_moments<typename R::moment, Def>,
                             "add it to the moments");
               return is_among_the_marks<typename R::part, Def> &&
                      is_among_the_marks<typename R::whole, Def> &&
                      is_among_the_moments<typename R::moment, Def>;
           });
}

/// Returns whether every part is valid. Asserts it of marks; rows.hpp has asserted it of the parts
/// of rows.
template <class Def>
consteval bool parts_are_sound() {
    using D = Derived<Def>;
    bool const marks = keep<declared<Def, marks_member>>([]<class M>(mp::mp_identity<M>) {
        static_assert(is_a_mark<M>, "a mark reads facts, and returns a bool");
        return is_a_mark<M>;
    });
    auto const guards = []<class G>(mp::mp_identity<G>) { return is_a_guard<G>; };
    auto const actions = []<class A>(mp::mp_identity<A>) { return is_an_action<A>; };
    auto const parties = []<class P>(mp::mp_identity<P>) { return is_a_party<P>; };
    return marks && keep<typename D::guards>(guards) && keep<typename D::actions>(actions) &&
           keep<each_member<typename D::rows, all_parties_member>>(parties);
}
template <class Def>
inline constexpr bool has_a_table = requires { typename Def::table; };
template <class Def>
consteval bool keeps_every_rule() {
    static_assert(has_a_table<Def>, "it has none, or the compiler has refused it above");
    if constexpr (!has_a_table<Def>)
        return false;
    else if constexpr (!parts_are_sound<Def>())
        return false;
    else
        return rules_of_states<Def>() && rules_of_commands<Def>() && rules_of_facts<Def>() &&
               rules_of_clocks_and_parties<Def>() && rules_of_rows<Def>() &&
               rules_of_demands<Def>() && rules_of_facets<Def>();
}

} // namespace banjie::workflows::kit
