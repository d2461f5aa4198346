#pragma once
// The machine behind a table: Boost.MSM runs it, everything that the program sees of it is here.
//
// A machine is built per command, put into the stored states by name, given one event and thrown
// away. Its actions only say what changes. States are stored by name, never by MSM's numbers, which
// follow the order of the rows.
//
// Precedence of refusals: unknown command, role nowhere admitted (forbidden), state (not
// permitted), role not admitted in this state (forbidden), form (invalid), guards in the order of
// the table.

#include "workflows/kit/declared.hpp"
#include "workflows/kit/derived.hpp"

#include <boost/mp11/mpl.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include <cstdio>
#include <cstdlib>

namespace banjie::workflows::kit {

namespace front = boost::msm::front;
namespace back = boost::msm::back;

/// What a running machine is told and tells.
struct Judgement {
    Case const& judged;
    Fields const& fields;
    Effect const& effect;
    std::vector<Refusal> refusals; // of guarded rows that were tried
};

template <class R>
struct GuardOf {
    template <class E, class Machine, class S, class T>
    bool operator()(E const&, Machine& machine, S&, T&) const {
        auto& judgement = *machine.judgement;
        if (!R::Role::admits(judgement.judged)) return false;
        Verdict verdict = judge<typename R::Guard>(judgement.judged, &judgement.fields);
        if (verdict) judgement.refusals.push_back(std::move(*verdict));
        return !verdict;
    }
};
template <class R>
struct ActionOf {
    template <class E, class Machine, class S, class T>
    void operator()(E const&, Machine& machine, S&, T&) const {
        typename R::Action{}(machine.judgement->effect);
    }
};
template <class R>
using msm_row = front::Row<typename R::Source, typename R::Command, typename R::Target, ActionOf<R>,
                           GuardOf<R>>;

template <class Def>
struct Front : front::state_machine_def<Front<Def>> {
    using no_exception_thrown = int;
    using no_message_queue = int;
    using initial_state = typename Def::initial;
    using transition_table = mp::mp_transform<msm_row, typename Def::table>;
    Judgement* judgement = nullptr;
    // Refusing is `decide`'s work: MSM's default would assert.
    template <class Machine, class E>
    void no_transition(E const&, Machine&, int) {}
    template <class Machine, class E>
    void exception_caught(E const&, Machine&, std::exception&) {
        std::abort();
    }
};
template <class Def>
using Machine = back::state_machine<Front<Def>>;

/// MSM's own `serialize`, fed with an archive that reads or writes the active states.
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

template <class Def>
inline constexpr auto numbers_v = []<class... S>(mp::mp_list<S...>) {
    return std::array{std::pair<std::string_view, int>{
        S::name, back::get_state_id<typename Machine<Def>::stt, S>::type::value}...};
}(states_of<Def>{});

template <class Def>
void restore(Machine<Def>& machine, Texts const& names) {
    constexpr std::size_t regions = initial_v<Def>.size();
    std::array<int, regions> numbers{};
    for (std::size_t i = 0; i < regions; ++i) {
        auto const found =
            std::find_if(numbers_v<Def>.begin(), numbers_v<Def>.end(),
                         [&](auto const& known) { return known.first == names.at(i); });
        if (found == numbers_v<Def>.end()) {
            std::fprintf(stderr, "Broken invariant: the state '%s' is not one of this program's\n",
                         names.at(i).c_str());
            std::abort();
        }
        numbers[i] = found->second;
    }
    StateArchive<regions> archive{numbers, true};
    machine.serialize(archive, 0);
}

template <class Def>
auto active_numbers(Machine<Def>& machine) {
    std::array<int, initial_v<Def>.size()> numbers{};
    StateArchive<initial_v<Def>.size()> archive{numbers, false};
    machine.serialize(archive, 0);
    return numbers;
}

template <class Def>
std::string_view name_of_state(int number) {
    return std::find_if(numbers_v<Def>.begin(), numbers_v<Def>.end(),
                        [number](auto const& known) { return known.second == number; })
        ->first;
}

template <class Def>
Texts active(Machine<Def>& machine) {
    Texts names;
    names.reserve(initial_v<Def>.size());
    for (int const number : active_numbers<Def>(machine))
        names.emplace_back(name_of_state<Def>(number));
    return names;
}

template <class Def>
StateInfo const& main_state(Machine<Def>& machine) {
    return info_of<Def>(name_of_state<Def>(active_numbers<Def>(machine).front()));
}

/// The program's view of the workflow `Def`: `name`, `facts`, `initial`, `table`, `clocks`,
/// `limits`, and optionally `wake(states, effect)` and `waits_for(instance)`.
template <class Def>
class MachineWorkflow final : public Workflow, Sound<Def> {
public:
    [[nodiscard]] std::string_view name() const override { return Def::name; }
    [[nodiscard]] std::span<StateInfo const> states() const override { return states_v<Def>; }
    [[nodiscard]] std::span<RowInfo const> rows() const override { return rows_v<Def>; }
    [[nodiscard]] std::span<CommandInfo const> commands() const override { return commands_v<Def>; }
    [[nodiscard]] std::span<std::string_view const> clocks() const override { return Def::clocks; }
    [[nodiscard]] std::span<std::string_view const> limits() const override { return Def::limits; }
    [[nodiscard]] std::span<FieldSpec const> facts() const override { return Def::facts; }
    [[nodiscard]] std::string mermaid() const override { return mermaid_of<Def>(); }

    [[nodiscard]] Instance fresh(std::string id, Time now) const override {
        Instance instance;
        instance.id = std::move(id);
        instance.workflow = Def::name;
        instance.states.assign(initial_v<Def>.begin(), initial_v<Def>.end());
        instance.created_at = instance.updated_at = now;
        return instance;
    }

    [[nodiscard]] std::span<std::string_view const> regions_beside() const override {
        if constexpr (requires { Def::regions_beside; })
            return Def::regions_beside;
        else
            return {};
    }
    [[nodiscard]] Facets facets() const override { return Def::facets(); }
    [[nodiscard]] std::uint64_t marks_of(Instance const& instance) const override {
        if constexpr (requires { Def::marks_of(instance.facts); })
            return Def::marks_of(instance.facts);
        else
            return 0;
    }
    [[nodiscard]] std::vector<Place> seen_by(Instance const& instance) const override {
        return Def::seen_by(instance);
    }
    [[nodiscard]] std::vector<Address> waits_for(Instance const& instance) const override {
        std::vector<Address> addresses;
        if constexpr (requires { Def::waits_for(instance); })
            for (auto const& turn : Def::waits_for(instance)) {
                auto address = Address::from(turn);
                if (address &&
                    std::find(addresses.begin(), addresses.end(), *address) == addresses.end())
                    addresses.push_back(std::move(*address));
            }
        return addresses;
    }
    [[nodiscard]] std::span<PartyInfo const> parties() const override { return common_parties; }
    [[nodiscard]] std::vector<Address> addresses_of(std::string_view party,
                                                    Instance const& instance) const override {
        return common_addresses(party, instance);
    }
    [[nodiscard]] bool is_one_of(std::string_view party, Actor const& actor,
                                 Instance const& instance) const override {
        if constexpr (requires { Def::is_one_of(party, actor, instance); })
            return Def::is_one_of(party, actor, instance);
        else
            return false;
    }
    [[nodiscard]] std::span<AttachmentPurpose const> attachments() const override {
        if constexpr (requires { Def::attachments; })
            return Def::attachments;
        else
            return {};
    }
    [[nodiscard]] Numbering numbering() const override {
        if constexpr (requires { Def::numbering; })
            return Def::numbering;
        else
            return {};
    }
    [[nodiscard]] bool is_kept_at_hand() const override {
        return requires { Def::is_kept_at_hand; };
    }

    [[nodiscard]] Decision decide(Instance const& instance, std::string_view command,
                                  Fields const& fields, Context const& context) const override {
        Case const judged{instance, instance.facts, command, context};
        auto const* info = this->command(command);
        if (info == nullptr || (info->internal && !context.actor.has(Role::system)))
            return refused({RefusalKind::not_found, "unknown_command",
                            "Expected a command of the workflow '" + std::string(Def::name) +
                                "', but '" + std::string(command) + "' is none.",
                            "See the workflow's reference."});
        if (auto refusal = refused_before_form(judged)) return refused(std::move(*refusal));
        if (auto errors = check_fields(info->form, fields); !errors.empty()) {
            auto refusal = judged.refuse("invalid_fields", "the form is not filled in right",
                                         "Mend the fields that are named.");
            refusal.kind = RefusalKind::invalid;
            refusal.errors = std::move(errors);
            return refused(std::move(refusal));
        }
        if (auto refusal = judged.refuse_far_times(fields)) return refused(std::move(*refusal));
        Decision decision;
        mp::mp_for_each<mp::mp_transform<mp::mp_identity, commands_of<Def>>>([&](auto wrapped) {
            using C = typename decltype(wrapped)::type;
            if (C::name == command) decision = run<C>(judged, fields);
        });
        return decision;
    }

    [[nodiscard]] std::vector<Permission> explain(Instance const& instance,
                                                  Context const& context) const override {
        std::vector<Permission> permissions;
        for (auto const& info : commands_v<Def>) {
            if (info.internal || info.creates) continue;
            Case const judged{instance, instance.facts, info.name, context};
            auto refusal = refused_before_form(judged);
            if (!refusal) refusal = refused_by_preconditions(judged);
            permissions.push_back({info.name, std::move(refusal)});
        }
        return permissions;
    }

private:
    static Decision refused(Refusal refusal) { return {std::move(refusal), {}, {}}; }

    static bool is_active(Instance const& instance, std::string_view state) {
        return std::find(instance.states.begin(), instance.states.end(), state) !=
               instance.states.end();
    }

    /// Calls `look` with every row of the command.
    static void each_row(Case const& judged, auto look) {
        mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename Def::table>>([&](auto wrapped) {
            using R = typename decltype(wrapped)::type;
            if (R::Command::name == judged.command) look(wrapped);
        });
    }

    static Refusal forbidden(Case const& judged, std::string const& who) {
        auto refusal =
            judged.refuse("forbidden", "that is for " + who, "Ask somebody who has that part.");
        refusal.kind = RefusalKind::forbidden;
        return refusal;
    }

    static std::optional<Refusal> refused_before_form(Case const& judged) {
        bool anywhere = false;
        bool here = false;
        bool admitted = false;
        std::string who;
        each_row(judged, [&](auto wrapped) {
            using R = typename decltype(wrapped)::type;
            bool const admits = R::Role::admits(judged);
            bool const stands = is_active(judged.instance, R::Source::name);
            anywhere = anywhere || admits;
            here = here || stands;
            admitted = admitted || (admits && stands);
            if (who.find(R::Role::name) == std::string::npos)
                who += (who.empty() ? "" : " or ") + std::string(R::Role::name);
        });
        if (!anywhere) return forbidden(judged, who);
        if (!here) return not_in_this_state(judged);
        if (!admitted) return forbidden(judged, who);
        return std::nullopt;
    }

    static Refusal not_in_this_state(Case const& judged) {
        std::string permitted;
        std::string_view last;
        for (auto const& row : rows_v<Def>) {
            if (row.role == System::name || row.command == last) continue;
            if (!is_active(judged.instance, row.source) ||
                permitted.find(row.command) != std::string::npos)
                continue;
            permitted += (permitted.empty() ? "" : ", ") + std::string(row.command);
            last = row.command;
        }
        return judged.refuse("not_permitted_in_state",
                             "it is in state " + judged.instance.states.front(),
                             permitted.empty() ? "Nothing leads on from there."
                                               : "There it can be given: " + permitted + ".");
    }

    static std::optional<Refusal> refused_by_preconditions(Case const& judged) {
        std::optional<Refusal> first;
        bool passed = false;
        each_row(judged, [&](auto wrapped) {
            using R = typename decltype(wrapped)::type;
            if (!is_active(judged.instance, R::Source::name) || !R::Role::admits(judged)) return;
            Verdict verdict = judge<typename R::Guard>(judged, nullptr);
            passed = passed || !verdict;
            if (!first) first = std::move(verdict);
        });
        return passed ? std::nullopt : first;
    }

    template <class C>
    static Decision run(Case const& judged, Fields const& fields) {
        Decision decision;
        Event& event = decision.event;
        Effect const effect{judged, fields, event.changes, decision.consequences};
        Judgement judgement{judged, fields, effect, {}};
        Machine<Def> machine;
        machine.judgement = &judgement;
        restore<Def>(machine, judged.instance.states);
        auto const result = machine.process_event(C{});
        if ((result & back::HANDLED_TRUE) == 0) {
            // The last row is tried first, so the first in the table spoke last.
            if (judgement.refusals.empty()) return refused(not_in_this_state(judged));
            return refused(std::move(judgement.refusals.back()));
        }
        event.type = C::event;
        event.command = C::name;
        event.fields = fields;
        settle_deadline(machine, effect, event);
        return decision;
    }

    /// Sets the deadline in force, turns the light by it, and asks to be woken when it turns next:
    /// then the states are what they will be.
    static void settle_deadline(Machine<Def>& machine, Effect const& effect, Event& event) {
        auto const& judged = effect.before;
        auto const now = judged.context.now;
        if constexpr (mp::mp_contains<commands_of<Def>, Tick>::value) {
            set_deadline(main_state<Def>(machine).clock, effect);
            Fields const deadline = deadline_ahead(effect);
            Actor const system = system_actor();
            Context const context{system, now, judged.context.policy, judged.context.calendar,
                                  judged.context.world};
            Case const after{judged.instance, deadline, Tick::name, context};
            Fields const nothing;
            std::vector<Consequence> none;
            Effect const turned{after, nothing, event.changes, none};
            Judgement judgement{after, nothing, turned, {}};
            machine.judgement = &judgement;
            machine.process_event(Tick{});
            event.wake = next_tick(deadline, now);
        }
        event.states = active<Def>(machine);
        if constexpr (requires { Def::wake(event.states, effect); }) {
            auto own = Def::wake(event.states, effect);
            if (own && (!event.wake || own->at < event.wake->at)) event.wake = std::move(own);
        }
    }
};

} // namespace banjie::workflows::kit
