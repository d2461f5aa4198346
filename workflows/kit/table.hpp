#pragma once
// The words a workflow's table is written in: states, commands, fields, rows, and what guards and
// actions see. Everything else is derived from the table by workflows/kit/machine.hpp.
//
//   struct Handling : State<"handling", "resolve", "handle"> {};
//   struct Assign : Command<"assign", "assigned", Field<"lead_unit", FieldKind::unit>> {};
//   Row<AwaitingDispatch, Assign, AwaitingAcknowledgement, RecordAssignment, LeadUnitIsKnown,
//   Coordinator>

#include "workflows/contract/workflow.hpp"

#include <boost/mp11.hpp>
#include <boost/msm/front/states.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banjie::workflows::kit {

namespace mp = boost::mp11;

template <std::size_t N>
struct Name {
    char text[N]{};
    constexpr Name(char const (&given)[N]) { std::copy_n(given, N, text); }
    [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

template <Name Id>
struct Named {
    static constexpr std::string_view name = Id.view();
};

/// `Clock` names the deadlines in force, the earliest of them counts: "acknowledge,handle".
/// `Ends` says that the instance counts as finished here although a row leaves it.
template <Name Id, Name Stage = "", Name Clock = "", bool Ends = false, bool Private = false>
struct State : boost::msm::front::state<>, Named<Id> {
    static constexpr std::string_view stage = Stage.view();
    static constexpr std::string_view clock = Clock.view();
    static constexpr bool ends = Ends;
    static constexpr bool is_private = Private;
};

/// Where every instance comes from; never stored.
struct New : State<"new"> {};

template <Name... Ids>
struct OneOf {
    static constexpr std::array<std::string_view, sizeof...(Ids)> names{Ids.view()...};
};

template <Name Id, FieldKind Kind, bool Required = true, class Choices = OneOf<>,
          std::int64_t Maximum = 0>
struct Field {
    static constexpr FieldSpec spec{Id.view(), Kind, Required, Choices::names, Maximum};
};
template <Name Id, FieldKind Kind, class Choices = OneOf<>>
using Optional = Field<Id, Kind, false, Choices>;

template <Name Id, Name Event, class... Fields>
struct Command : Named<Id> {
    static constexpr std::string_view event = Event.view();
    static constexpr std::array<FieldSpec, sizeof...(Fields)> form{Fields::spec...};
    static constexpr bool internal = false;
    static constexpr bool needed_for_end = false;
};
/// Given by the system actor only: a timer's or a consequence's.
template <Name Id, Name Event, class... Fields>
struct Internal : Command<Id, Event, Fields...> {
    static constexpr bool internal = true;
};

/// A command that leaves the state as it is, but without which some end cannot be reached: it finds
/// room in a history that is nearly full.
template <class Given>
struct NeededForEnd : Given {
    static constexpr bool needed_for_end = true;
};

/// What a guard sees. `facts` are those before the command; for `tick` the deadline after it.
struct Case {
    Instance const& instance;
    Fields const& facts;
    std::string_view command;
    Context const& context;

    /// "Expected to assign problem '01…', but <reason>"
    [[nodiscard]] Refusal refuse(std::string code, std::string reason, std::string help) const;
    /// The same where one field names what does not exist: `invalid`.
    [[nodiscard]] Refusal refuse_field(std::string field, std::string code, std::string reason,
                                       std::string help) const;
    /// Of a command with a time further away than limits::years_from_now: that is a slip of the
    /// pen, and more than clocks are made to count.
    [[nodiscard]] std::optional<Refusal> refuse_far_times(Fields const& fields) const;
};

/// What an action may do: say what changes, and what else must happen in the same commit.
struct Effect {
    Case const& before;
    Fields const& fields;
    Fields& changes;
    std::vector<Consequence>& consequences;

    /// A fact as it will be.
    [[nodiscard]] Value const* fact(FieldName const& name) const;
    [[nodiscard]] std::optional<Time> time(FieldName const& name) const;
    /// Takes over the command's field as the fact of that name, if it was given.
    void keep(FieldName const& field) const;
    void count(FieldName const& fact) const;
    void add(FieldName const& fact, std::string text) const;
    void clear(FieldName const& fact) const { changes.set(fact, std::monostate{}); }
    void demand(std::string workflow, std::string instance, std::string command,
                Fields fields) const;
};

using Verdict = std::optional<Refusal>; // nullopt: it holds

/// A guard is called with the case alone (a precondition, told before the form is filled in), or
/// with the case and the command's fields.
template <class Guard>
concept Precondition = requires(Guard guard, Case const& judged) {
    { guard(judged) } -> std::same_as<Verdict>;
};

struct Always : Named<""> {
    Verdict operator()(Case const&) const { return std::nullopt; }
};
struct Nothing : Named<""> {
    void operator()(Effect const&) const {}
};

/// Names of several parts, joined.
template <class... Parts>
struct Joined {
    static constexpr std::string_view link = " and ";
    static constexpr std::size_t size =
        (Parts::name.size() + ... + 0) + link.size() * (sizeof...(Parts) - 1);
    static constexpr auto text = [] {
        std::array<char, size> all{};
        auto* at = all.data();
        auto const append = [&](std::string_view part) {
            at = std::copy(part.begin(), part.end(), at);
        };
        bool first = true;
        ((first ? void(first = false) : append(link), append(Parts::name)), ...);
        return all;
    }();
    static constexpr std::string_view name{text.data(), text.size()};
};

template <class Guard>
[[nodiscard]] Verdict judge(Case const& judged, Fields const* fields) {
    if constexpr (requires { Guard::judge_all(judged, fields); }) {
        return Guard::judge_all(judged, fields);
    } else if constexpr (Precondition<Guard>) {
        return Guard{}(judged);
    } else {
        return fields ? Guard{}(judged, *fields)
                      : std::nullopt; // not filled in yet: counts as passed
    }
}

/// The first that does not hold.
template <class... Guards>
struct AllOf : Joined<Guards...> {
    static Verdict judge_all(Case const& judged, Fields const* fields) {
        Verdict verdict;
        (void)(... || (verdict = judge<Guards>(judged, fields)).has_value());
        return verdict;
    }
};

/// One after another.
template <class... Actions>
struct Then : Joined<Actions...> {
    void operator()(Effect const& effect) const { (Actions{}(effect), ...); }
};

/// `By` says who may: `static bool admits(Case const&)`.
struct Anyone : Named<"anyone"> {
    static bool admits(Case const&) { return true; }
};
struct System : Named<"system"> {
    static bool admits(Case const& judged) { return judged.context.actor.has(Role::system); }
};
template <class... Who>
struct AnyOf : Joined<Who...> {
    static bool admits(Case const& judged) { return (Who::admits(judged) || ...); }
};

/// Where several rows have the same source and command, MSM tries the last one first.
template <class From, class Given, class To, class Do = Nothing, class If = Always,
          class By = Anyone>
struct Row {
    using Source = From;
    using Command = Given;
    using Target = To;
    using Action = Do;
    using Guard = If;
    using Role = By;
};

/// The same command in each of these states, which it does not leave.
template <class States, class Given, class Do, class If = Always, class By = System>
using StayRows = mp::mp_transform_q<mp::mp_bind<Row, mp::_1, Given, mp::_1, Do, If, By>, States>;

} // namespace banjie::workflows::kit
