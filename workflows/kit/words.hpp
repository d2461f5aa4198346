#pragma once
// The words that a workflow is written in: facts, clocks, limits, commands and states. Each word is
// a type, so that a misspelt one does not compile. Includes no MSM header: a workflow that demands
// a command of another reads that workflow's vocabulary alone.
//
//   struct LeadUnitIs : Fact<"lead_unit", Kind::unit> {};
//   struct HandleClock : Clock<"handle"> {};
//   struct Assign : Command<"assign", "assigned", Form<LeadUnitIs, May<DueAt>>> {};
//   struct Handling : State<"handling", "resolve", Awaits<LeadUnit>, Runs<HandleClock>> {};

#include "workflows/contract/workflow.hpp"

#include <boost/mp11.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace banjie::workflows::kit {

namespace mp = boost::mp11;
using Kind = FieldKind;

template <std::size_t Size>
struct Name {
    char text[Size]{};
    constexpr Name() = default;
    constexpr Name(char const (&given)[Size]) { std::copy_n(given, Size, text); }
    [[nodiscard]] constexpr std::string_view view() const { return {text, Size - 1}; }
};

template <std::size_t One, std::size_t Other>
constexpr auto operator+(Name<One> const& one, Name<Other> const& other) {
    Name<One + Other - 1> joined;
    std::copy_n(other.text, Other, std::copy_n(one.text, One - 1, joined.text));
    return joined;
}

// A rule is a variable template, because the compiler prints the arguments of one in its first
// line. An assert is in a function, because clang drops a class with a failed assert and reports
// everything that uses it.
template <Name Id>
inline constexpr bool name_has_at_most_31_bytes = Id.view().size() <= FieldName::most_bytes;
template <Name Id>
inline constexpr bool name_is_not_reserved = [] {
    for (std::string_view const taken :
         {"id", "workflow", "version", "state", "stage", "created_at", "updated_at", "labels",
          "commands", "awaits", "personal"})
        if (Id.view() == taken) return false;
    return true;
}();
template <Name Id>
inline constexpr bool ends_like_a_time = Id.view().ends_with("_at") || Id.view().ends_with("until");
template <Name Id, bool IsTime>
inline constexpr bool name_of_a_time_ends_in_at_or_until = !IsTime || ends_like_a_time<Id>;
template <Name Id, bool IsTime>
inline constexpr bool name_in_at_or_until_is_of_a_time = IsTime || !ends_like_a_time<Id>;

template <Name Id>
consteval bool check_name() {
    static_assert(name_has_at_most_31_bytes<Id>, "shorten this name");
    return true;
}
template <Name Id, bool IsTime>
consteval bool check_fact() {
    static_assert(name_is_not_reserved<Id>, "the JSON of an instance has a member of this name");
    static_assert(name_of_a_time_ends_in_at_or_until<Id, IsTime>, "rename it");
    static_assert(name_in_at_or_until_is_of_a_time<Id, IsTime>, "rename it");
    return true;
}

template <Name Id>
struct Named {
    static_assert(check_name<Id>());
    static constexpr std::string_view name = Id.view();
};

template <Name Id>
consteval FieldName field_name() {
    if constexpr (name_has_at_most_31_bytes<Id>)
        return FieldName(Id.text);
    else
        return FieldName("too_long"); // `check_name` has reported it
}

constexpr bool is_list(Kind kind) {
    return kind == Kind::texts || kind == Kind::units || kind == Kind::instances;
}

/// Fact, declared once for forms and instances. Options: `OneOf`, `AtMost`, `IdsOf`, `Counted`.
template <Name Id, Kind K, class... Options>
struct Fact : Named<Id>, Options... {
    static_assert(check_fact<Id, K == Kind::time>());
    static constexpr FieldName field = field_name<Id>();
    static constexpr Kind kind = K;
};
template <Name... Ids>
struct OneOf {
    static constexpr std::array<std::string_view, sizeof...(Ids)> choices{Ids.view()...};
};
template <std::int64_t Most>
struct AtMost {
    static constexpr std::int64_t maximum = Most;
};
/// Workflow whose ids a fact of kind instance or instances holds.
template <Name Workflow>
struct IdsOf {
    static constexpr std::string_view ids_of = Workflow.view();
};
/// Option of a fact that figures sum; `Decimals` of its digits follow the point.
template <int Decimals = 0>
struct Counted {
    static constexpr int decimals = Decimals;
};

/// Says how a fact of kind personal is masked.
template <MaskedAs How>
struct Masked {
    static constexpr MaskedAs masked_as = How;
};

template <class F>
constexpr FieldSpec spec_of(bool required) {
    FieldSpec spec{F::name, F::kind, required, {}, 0, {}};
    if constexpr (requires { F::choices; }) spec.choices = F::choices;
    if constexpr (requires { F::maximum; }) spec.maximum = F::maximum;
    if constexpr (requires { F::ids_of; }) spec.workflow = F::ids_of;
    if constexpr (requires { F::masked_as; }) spec.masked_as = F::masked_as;
    return spec;
}

/// Deadline in working days. The policy has the number, under the clock's name.
template <Name Id>
struct Clock : Named<Id> {
    struct DueAt : Fact<Id + Name("_due_at"), Kind::time> {};
    struct DaysLeft : Fact<Id + Name("_days_left"), Kind::integer> {}; // while it pauses
};
/// Cap that the policy sets.
template <Name Id>
struct Limit : Named<Id> {};

template <template <class...> class Option>
struct Is {
    template <class>
    struct fn : mp::mp_false {};
    template <class... A>
    struct fn<Option<A...>> : mp::mp_true {};
};
/// All `Option<…>` among `Given`, joined to one.
template <template <class...> class Option, class... Given>
using option =
    mp::mp_apply<mp::mp_append,
                 mp::mp_push_front<mp::mp_copy_if_q<mp::mp_list<Given...>, Is<Option>>, Option<>>>;
template <class Flag, class... Given>
inline constexpr bool flagged = mp::mp_contains<mp::mp_list<Given...>, Flag>::value;

/// Fields of a command: `Form<Title, May<Note>>`.
template <class... Fields>
struct Form {};
template <class F>
struct May : F {}; // not required
template <class F>
struct bare_fact : mp::mp_identity<F> {};
template <class F>
struct bare_fact<May<F>> : mp::mp_identity<F> {};
template <class F>
using bare = typename bare_fact<F>::type;

/// Commands, of any workflow, that a command demands in the same commit.
template <class... Commands>
struct Demands {};
struct Internal {}; // only the system gives it
/// Option of a command that keeps the state, but without which some end cannot be reached: it has
/// room even in a history that is nearly full.
struct NeededForEnd {};
/// Option of a command that removes something from texts: values of these texts in earlier events
/// are no longer shown.
struct CoversEarlier {};
/// Workflow of a command that others demand.
template <Name Workflow>
struct Of {
    static constexpr std::string_view workflow = Workflow.view();
};

/// Command and the event that it makes. Options: `Form`, `Demands`, `Internal`, `Of`,
/// `NeededForEnd`.
template <Name Id, Name Event, class... Options>
struct Command : Named<Id>, Options... {
    static constexpr std::string_view event = Event.view();
    static constexpr bool internal = flagged<Internal, Options...>;
    static constexpr bool needed_for_end = flagged<NeededForEnd, Options...>;
    static constexpr bool covers_earlier = flagged<CoversEarlier, Options...>;
    using fields = option<Form, Options...>;
    using demands = option<Demands, Options...>;
    static constexpr auto form = []<class... F>(Form<F...>) {
        return std::array<FieldSpec, sizeof...(F)>{spec_of<bare<F>>(std::is_same_v<F, bare<F>>)...};
    }(fields{});
};

template <class... Parties>
struct Awaits {}; // whose turn it is
template <class... Clocks>
struct Runs {}; // the clocks in force: the earliest counts
template <class... Places>
struct SeenBy {}; // instead of the definition's
/// Command that the system gives at the time in the fact, or one millisecond after it.
template <class... MomentAndCommand>
struct Wakes {};
template <class F>
struct After : F {};
struct Finished {}; // although a row leaves it
struct Private {};  // in no figure; notifies only those who see it

/// A state. Options: `Awaits`, `Runs`, `SeenBy`, `Wakes`, `Finished`, `Private`.
template <Name Id, Name Stage = "", class... Options>
struct State : Named<Id> {
    static constexpr std::string_view stage = Stage.view();
    static constexpr bool finished = flagged<Finished, Options...>;
    static constexpr bool is_private = flagged<Private, Options...>;
    using awaits = option<Awaits, Options...>;
    using clocks = option<Runs, Options...>;
    using seen_by = option<SeenBy, Options...>;
    using wakes = option<Wakes, Options...>;
};
/// A region beside the main one, and its first state.
template <Name Id, class First>
struct Beside : Named<Id> {
    using first = First;
};
struct New : State<"new"> {}; // the source of the rows that create an instance; never stored

} // namespace banjie::workflows::kit
