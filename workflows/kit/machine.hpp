#pragma once
// The machine behind a table, run by Boost.MSM. It is built for one command, set to the stored
// states, given one event and destroyed. Its actions only record changes. States are stored by
// name, never by MSM's numbers, which follow the order of the rows.
//
// Precedence of refusals: unknown command, party nowhere admitted (forbidden), state (not
// permitted), party not admitted in this state (forbidden), form (invalid), guards from the top.

#include "workflows/kit/checks.hpp"
#include "workflows/kit/wording.hpp"

#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/msm/front/states.hpp>

#include <cstdlib>

namespace banjie::workflows::kit {

/// MSM's form of a state, so that vocabularies need no MSM.
template <class S>
struct Node : boost::msm::front::state<> {};

/// Input and result of a running machine.
struct Judgement {
    Scene scene;
    Fields* ahead = nullptr; // guards read these before the facts: for a tick, the new deadline
    std::optional<Reason> refused{}; // why not even the last alternative holds
};

template <class R>
bool admits(Actor const& actor, Fields const& facts) {
    return []<class... P>(mp::mp_list<P...>, Actor const& who, Fields const& known) {
        return (P::admits(who, known) || ...);
    }(typename R::Parties{}, actor, facts);
}
/// Returns the reason of the first guard that does not hold. Without a form, guards that ask for a
/// field count as passed.
template <class R>
Verdict refused_by(Scene const& scene, bool has_form) {
    Verdict verdict;
    auto const refuses = [&]<class G>(mp::mp_identity<G>) {
        if (!has_form && !mp::mp_empty<each_member<parameters<G>, asks_member>>::value)
            return false;
        verdict = call<G>(scene);
        return verdict.has_value();
    };
    [&]<class... G>(mp::mp_list<G...>) {
        (void)(refuses(mp::mp_identity<G>{}) || ...);
    }(typename R::If{});
    return verdict;
}

/// Row by its number: MSM's symbols repeat the whole table, and numbers keep them short.
template <class Def, std::size_t I>
using row_at = mp::mp_at_c<typename Derived<Def>::rows, I>;

template <class Def, std::size_t I>
struct GuardOf {
    template <class E, class Machine, class S, class T>
    bool operator()(E const&, Machine& machine, S&, T&) const {
        using R = row_at<Def, I>;
        auto& judgement = *machine.judgement;
        auto const& scene = judgement.scene;
        if (!admits<R>(scene.here.actor, scene.before)) return false;
        Scene const before{{scene.before, judgement.ahead}, scene.here, scene.given};
        Verdict verdict = refused_by<R>(before, true);
        if (!verdict) return true;
        judgement.refused = std::move(verdict);
        return false;
    }
};
template <class Def, std::size_t I>
struct ActionOf {
    template <class E, class Machine, class S, class T>
    void operator()(E const&, Machine& machine, S&, T&) const {
        [&]<class... A>(mp::mp_list<A...>) {
            (call<A>(machine.judgement->scene), ...);
        }(typename row_at<Def, I>::Do{});
    }
};
template <class Def>
struct MsmRows {
    template <class I, class R = row_at<Def, I::value>>
    using row = boost::msm::front::Row<Node<typename R::Source>, typename R::Command,
                                       Node<typename R::Target>, ActionOf<Def, I::value>,
                                       GuardOf<Def, I::value>>;
    // MSM tries the last row first; a table is read from the top.
    using type = mp::mp_reverse<
        mp::mp_transform<row, mp::mp_iota<mp::mp_size<typename Derived<Def>::rows>>>>;
};

template <class Def>
struct Front : boost::msm::front::state_machine_def<Front<Def>> {
    using no_exception_thrown = int;
    using no_message_queue = int;
    using initial_state = mp::mp_transform<Node, typename Derived<Def>::initial>;
    using transition_table = typename MsmRows<Def>::type;
    Judgement* judgement = nullptr;
    // `decide` refuses instead: MSM's default would assert.
    template <class Machine, class E>
    void no_transition(E const&, Machine&, int) {}
};
template <class Def>
using Machine = boost::msm::back::state_machine<Front<Def>>;

/// Archive for MSM's `serialize` that reads or writes the active states.
template <std::size_t N>
struct StateArchive {
    std::array<int, N>& numbers;
    bool loading;
    StateArchive& operator&(int (&active)[N]) {
        for (std::size_t i = 0; i < N; ++i)
            loading ? active[i] = numbers[i] : numbers[i] = active[i];
        return *this;
    }
    template <class T>
    StateArchive& operator&(T&) {
        return *this;
    }
};

/// MSM's number of each state, by our index.
template <class Def>
inline constexpr auto msm_numbers_v =
    array_of<int, typename Derived<Def>::states>([]<class S>(mp::mp_identity<S>) {
        return boost::msm::back::get_state_id<typename Machine<Def>::stt, Node<S>>::type::value;
    });

/// A row in the form used at run time.
struct RowCode {
    std::size_t command, source;
    bool (*admits)(Actor const&, Fields const&);
    Verdict (*refused_by)(Scene const&, bool);
};
template <class Def>
inline constexpr auto row_codes_v =
    array_of<RowCode, typename Derived<Def>::rows>([]<class R>(mp::mp_identity<R>) {
        using commands = typename Derived<Def>::commands;
        return RowCode{mp::mp_find<commands, typename R::Command>::value,
                       index_v<Def, typename R::Source>, &admits<R>, &refused_by<R>};
    });

/// Parties that may give a command, by its index.
template <class Def, class C>
struct WhoMay {
    template <class R>
    using parties =
        mp::mp_if<std::is_same<typename R::Command, C>, parties_member<R>, mp::mp_list<>>;
    using type = mp::mp_unique<
        mp::mp_transform<bare_party_of, each_member<typename Derived<Def>::rows, parties>>>;
    static constexpr auto words = array_of<PartyInfo, type>([]<class P>(mp::mp_identity<P>) {
        return PartyInfo{P::name, P::zh, P::en};
    });
};
template <class Def>
inline constexpr auto who_may_v =
    array_of<std::span<PartyInfo const>, typename Derived<Def>::commands>(
        []<class C>(mp::mp_identity<C>) {
            return std::span<PartyInfo const>(WhoMay<Def, C>::words);
        });

template <class Def, class C>
bool fire(Machine<Def>& machine) {
    return (machine.process_event(C{}) & boost::msm::back::HANDLED_TRUE) != 0;
}
/// Functions that give the event to the machine, by index of the command.
template <class Def>
inline constexpr auto fires_v = array_of<bool (*)(Machine<Def>&), typename Derived<Def>::commands>(
    []<class C>(mp::mp_identity<C>) { return &fire<Def, C>; });

/// Sets the deadline and the wake of a state that the instance has entered.
template <class Def, class S>
void settle_in(Scene const& scene, std::optional<Wake>& wake) {
    if constexpr (Derived<Def>::timed)
        set_deadline(scene, array_of<ClockInfo, typename S::clocks>(
                                []<class C>(mp::mp_identity<C>) { return clock_v<C>; }));
    [&]<class... W>(Wakes<W...>) {
        if constexpr (sizeof...(W) == 2) {
            using Moment = mp::mp_first<mp::mp_list<W...>>;
            constexpr std::chrono::milliseconds later{Is<After>::fn<Moment>::value ? 1 : 0};
            auto const at = read<Kind::time>(scene.find(Moment::field));
            if (at) wake = Wake{*at + later, std::string(mp::mp_second<mp::mp_list<W...>>::name)};
        }
    }(typename S::wakes{});
}
template <class Def>
inline constexpr auto settles_v =
    array_of<void (*)(Scene const&, std::optional<Wake>&), typename Derived<Def>::states>(
        []<class S>(mp::mp_identity<S>) { return &settle_in<Def, S>; });

} // namespace banjie::workflows::kit
